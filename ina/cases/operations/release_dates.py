"""When somebody may be released: dated claims with a source, never one overwritten date."""

from __future__ import annotations

from datetime import date, datetime

from ina.agenda.enums import Anchor
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.events import ReleaseDateChanged
from ina.cases.lifecycle import BEFORE_ADMISSION
from ina.cases.models import Case, ReleaseDateHypothesis
from ina.cases.operations import deadlines
from ina.cases.operations.worklist import refresh
from ina.cases.queries import as_claim, planning_date_of, responsible_of, standing_acts, state_of
from ina.cases.queries.release_dates import check_claim
from ina.cases.rules.release import DateClaim

WHY = "Teil einer Operation, die den Fall schon geladen hat"
CERTAIN = 100


@operation("cases.state_release_date", may=policies.may_state_release_date, on=Case)
def state_release_date(
    case: Case,
    *,
    actor: Actor,
    on: date,
    kind: HypothesisKind,
    status: HypothesisStatus,
    source: str,
    asserted_on: date,
    probability: int | None = None,
    remark: str = "",
    replaces_id: int | None = None,
    now: datetime,
) -> ReleaseDateHypothesis:
    """Somebody says when the person may be released. The planning date follows; publishes ReleaseDateChanged.

    probability: in per cent, None when nobody gave one. replaces_id: a claim that falls away because of this one (a
    corrected end of sentence). What is refused: ``queries.release_dates.check_claim``. With ``version`` of the case,
    Conflict when anything about it changed meanwhile.
    """
    if status is HypothesisStatus.DROPPED:
        raise Invalid("Ein neuer Termin ist möglich, plausibel oder entschieden.", "status")
    replaced = _standing_claim(case, actor, replaces_id, "replaces") if replaces_id is not None else None
    _check_words(source, probability)
    new = DateClaim(on, status, kind)
    others = _others(case, replaced)
    check_claim(case, new, others, asserted_on=asserted_on, today=day_of(now))
    claim = _add(case, actor, new, source, asserted_on, probability, remark, now)
    if replaced is not None:
        _drop(replaced, f"ersetzt durch {claim}", now)
    _changed(case, [*others, new], now)
    return claim


@operation("cases.drop_release_date", may=policies.may_drop_release_date, on=Case)
def drop_release_date(case: Case, *, actor: Actor, claim_id: int, because: str, now: datetime) -> None:
    """This date is off (a decision against it, superseded). It stays in the history of claims.

    Publishes ReleaseDateChanged. With ``version`` of the case, Conflict when anything about it changed meanwhile.
    """
    if not because.strip():
        raise Invalid("Bitte sagen Sie, warum der Termin entfällt.", "because")
    row = _standing_claim(case, actor, claim_id, "claim")
    _drop(row, because.strip(), now)
    _changed(case, _others(case, row), now)


@operation("cases.decide_release_date", may=policies.may_decide_release_date, on=Case)
def decide_release_date(
    case: Case,
    *,
    actor: Actor,
    claim_id: int,
    status: HypothesisStatus,
    source: str,
    asserted_on: date,
    probability: int | None = None,
    now: datetime,
) -> ReleaseDateHypothesis:
    """The same day is more or less certain now: decided, plausible, only possible. Answers the claim that holds.

    A decision has a source and a day of its own, so it is a claim of its own and the former one drops: what was known
    when stays readable. Publishes ReleaseDateChanged. With ``version`` of the case, Conflict when anything changed.
    """
    if status is HypothesisStatus.DROPPED:
        raise Invalid("Ein Termin, der nicht kommt, entfällt mit einem Grund.", "status")
    former = _standing_claim(case, actor, claim_id, "claim")
    if status == former.status:
        raise Invalid(f"Dieser Termin ist schon „{status.label}“.", "status")
    _check_words(source, probability)
    new = DateClaim(former.on, status, HypothesisKind(former.kind))
    others = _others(case, former)
    check_claim(case, new, others, asserted_on=asserted_on, today=day_of(now))
    claim = _add(case, actor, new, source, asserted_on, probability, former.remark, now)
    _drop(former, f"jetzt {status.label}", now)
    _changed(case, [*others, new], now)
    return claim


def _standing_claim(case: Case, actor: Actor, pk: int, field: str) -> ReleaseDateHypothesis:
    row = ReleaseDateHypothesis.objects.visible_to(actor).filter(case=case, pk=pk).first()
    if row is None:
        raise NotVisible()
    if row.is_voided or row.status == HypothesisStatus.DROPPED:
        raise Invalid("Dieser Termin ist schon entfallen. Bitte wählen Sie noch einmal.", field)
    return row


def _check_words(source: str, probability: int | None) -> None:
    if not source.strip():
        raise Invalid("Bitte nennen Sie die Quelle.", "source")
    if probability is not None and not 0 <= probability <= CERTAIN:
        raise Invalid("Die Wahrscheinlichkeit liegt zwischen 0 und 100 Prozent.", "probability")


def _others(case: Case, without: ReleaseDateHypothesis | None) -> list[DateClaim]:
    """All claims that are not voided, but this one."""
    rows = ReleaseDateHypothesis.objects.unscoped(because=WHY).standing().filter(case=case).order_by("on", "pk")
    return [as_claim(row) for row in rows if without is None or row.pk != without.pk]


def _add(case, actor, new: DateClaim, source, asserted_on, probability, remark, now) -> ReleaseDateHypothesis:
    claim = ReleaseDateHypothesis(
        dossier_id=case.dossier_id,
        case=case,
        on=new.on,
        kind=str(new.kind),
        status=str(new.status),
        source=source.strip(),
        asserted_on=asserted_on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
        probability=probability,
        remark=remark.strip(),
    )
    claim.clean_fields(exclude=["dossier", "case", "recorded_by"])
    claim.save(force_insert=True)
    return claim


def _drop(hypothesis: ReleaseDateHypothesis, because: str, now: datetime) -> None:
    hypothesis.dropped_from = hypothesis.status
    hypothesis.status = HypothesisStatus.DROPPED
    hypothesis.dropped_at = now
    hypothesis.dropped_because = because
    hypothesis.version += 1
    hypothesis.save(update_fields=["status", "dropped_from", "dropped_at", "dropped_because", "version"])


def _changed(case: Case, claims: list[DateClaim], now: datetime) -> None:
    """A claim moves what counts from the release and the list row; custody, law and access follow from acts alone.

    claims: as they stand now. The case is locked until the end, so that nobody adds to them or to the acts meanwhile.
    """
    case.version += 1
    case.save(update_fields=["version"])
    case.known_acts, case.known_claims = list(standing_acts(case)), claims  # type: ignore[attr-defined]
    planned = planning_date_of(case)
    if state_of(case) not in BEFORE_ADMISSION:
        leader = responsible_of(case)
        deadlines.begin(
            case, {Anchor.RELEASE: planned}, responsible_id=leader.membership_id if leader else None, now=now
        )
    refresh(case)
    note(planning_date=str(planned))
    publish(ReleaseDateChanged(dossier_id=case.dossier_id, case_id=case.pk))
