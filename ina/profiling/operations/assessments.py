"""Summing up a profiling: prognosis and focus, a category of one's own with a reason, the talk itself."""

from __future__ import annotations

from datetime import datetime

from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.profiling import policies
from ina.profiling.enums import KeyGroup
from ina.profiling.models import Assessment
from ina.profiling.operations.derivations import settle_category
from ina.profiling.rules.wording import names_offence
from ina.profiling.schemes import NATIVE, all_schemes

MOST_MONTHS = 600


@operation("profiling.give_prognosis", may=policies.may_change_finding, on=Assessment)
def give_prognosis(
    assessment: Assessment,
    *,
    actor: Actor,
    months_release: int | None = None,
    months_today: int | None = None,
    months_to_market: int | None = None,
    focus: KeyGroup | None = None,
    direct: bool = False,
    direct_because: str = "",
    in_work_but_needy: bool = False,
    activation_not_required: bool = False,
    scheme: str = NATIVE,
    now: datetime,
) -> Assessment:
    """What the category is derived from besides the needs. Another scheme drops a category chosen before.

    Refused: an unknown scheme, more than fifty years.
    """
    if scheme not in all_schemes():
        raise Invalid("Dieses Verfahren gibt es nicht.", "scheme")
    for field, number in (
        ("months_release", months_release),
        ("months_today", months_today),
        ("months_to_market", months_to_market),
    ):
        if number is not None and not 0 <= number <= MOST_MONTHS:
            raise Invalid(f"Bitte eine Zahl von Monaten zwischen 0 und {MOST_MONTHS}.", field)
        setattr(assessment, field, number)
    if scheme != assessment.scheme:
        assessment.scheme, assessment.chosen, assessment.override_reason = scheme, "", ""
    assessment.focus, assessment.direct = str(focus or ""), direct
    assessment.direct_because = direct_because.strip() if direct else ""
    assessment.in_work_but_needy = in_work_but_needy
    assessment.activation_not_required = activation_not_required
    return _summed_up(assessment, actor, now)


@operation("profiling.choose_category", may=policies.may_change_finding, on=Assessment)
def choose_category(
    assessment: Assessment, *, actor: Actor, chosen: str = "", override_reason: str = "", now: datetime
) -> Assessment:
    """Another category than the derived one, with a reason; empty: back to the derived one.

    Refused: a category the scheme does not have, none without a reason.
    """
    scheme, reason = all_schemes()[assessment.scheme], override_reason.strip()
    if chosen and scheme.category(chosen) is None:
        raise Invalid("Diese Einstufung gibt es in diesem Verfahren nicht.", "chosen")
    if chosen and chosen != assessment.derived and not reason:
        raise Invalid("Bitte begründen Sie, warum Sie anders einstufen als abgeleitet.", "override_reason")
    assessment.chosen, assessment.override_reason = chosen, reason if chosen else ""
    note(chosen=chosen)
    return _summed_up(assessment, actor, now)


@operation("profiling.record_talk", may=policies.may_change_finding, on=Assessment)
def record_talk(
    assessment: Assessment,
    *,
    actor: Actor,
    own_words: str = "",
    consequences: str = "",
    market_situation: str = "",
    minutes: int | None = None,
    place: str = "",
    now: datetime,
) -> Assessment:
    """The talk: the person's own words, what was agreed, the market for the goal, how long and where.

    Refused: words about an offence, more than a day.
    """
    if minutes is not None and not 0 < minutes <= 24 * 60:
        raise Invalid("Bitte die Dauer in Minuten.", "minutes")
    told = {"own_words": own_words, "consequences": consequences, "market_situation": market_situation, "place": place}
    for field, text in told.items():
        if field != "own_words" and (wrong := names_offence(text)):
            raise Invalid(wrong, field)
        setattr(assessment, field, text.strip())
    assessment.minutes = minutes
    return _summed_up(assessment, actor, now)


def _summed_up(assessment: Assessment, actor: Actor, now: datetime) -> Assessment:
    settle_category(assessment, actor)
    assessment.version += 1
    assessment.changed_at, assessment.changed_by_id = now, actor.membership_id
    assessment.clean_fields(exclude=["dossier", "profiling", "changed_by"])
    assessment.save()
    return assessment
