"""What a correction of the entries of ``cases`` may not say, and what follows from it. Parts of ``corrections``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.access.enums import Basis, ConsentPurpose
from ina.access.models import Consent
from ina.access.operations import grants
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.periods import begin, last_day, period
from ina.cases.enums import Act, HypothesisStatus
from ina.cases.events import ReleaseDateChanged
from ina.cases.lifecycle import BEFORE_ADMISSION, OPEN_STATES, standing_after
from ina.cases.models import (
    Alias,
    Assignment,
    Case,
    CaseAct,
    Controller,
    CustodyPeriod,
    FirstTalk,
    InformationGiven,
    ParticipationAgreement,
    ReleaseDateHypothesis,
)
from ina.cases.operations import deadlines
from ina.cases.operations.consequences import WHY, settle
from ina.cases.operations.person_keys import refresh_keys
from ina.cases.operations.talks import follow_answer, require_sound_talk
from ina.cases.operations.worklist import derive_last_contact
from ina.cases.queries import pauses_of, released_on, standing_acts, state_of
from ina.cases.rules.endings import Need, aftercare_end, hindrances
from ina.institutions.models import Institution
from ina.reference.queries import code_labels, parameter

REASON_LISTS = {
    Act.REFERRED: "referral_sources",
    Act.WAITLISTED: "waiting_reasons",
    Act.DECLINED: "decline_reasons",
    Act.REJECTED: "rejection_reasons",
    Act.PAUSED: "pause_reasons",
    Act.CLOSED: "ending_reasons",
}
ANEW = "Bitte stornieren Sie das Ereignis und tragen Sie es neu ein."


def require_past(on: date | None, now: datetime, field: str) -> None:
    if on is not None and on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", field)


def require_code(list_key: str, code: str, on: date, field: str) -> None:
    """Raises Invalid unless the code is one that the list had on the day."""
    if code not in code_labels(list_key, on=on):
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", field)


def require_words(text: str, sentence: str, field: str) -> None:
    if not text.strip():
        raise Invalid(sentence, field)


# --- first talk, information sheet --------------------------------------------------------------------------------


def check_talk(row: FirstTalk, before: Mapping[str, Any], now: datetime) -> None:
    require_past(row.held_on, now, "held_on")
    if not row.told_voluntary:
        raise Invalid(
            "Ohne den Hinweis auf die Freiwilligkeit war es kein Erstgespräch. Stornieren Sie es dann.",
            "told_voluntary",
        )
    require_sound_talk(row)


def talk_changed(row: FirstTalk, case: Case, actor: Actor, now: datetime) -> None:
    """Whether the first talk is still to be held, and when somebody last met the person."""
    talks = FirstTalk.objects.unscoped(because=WHY).standing().filter(case=case, told_voluntary=True)
    held = talks.order_by("held_on", "pk").first()
    if state_of(case) in OPEN_STATES:
        deadlines.undone(case, "cases.first_talk", now=now)
    if held is not None:
        deadlines.done(case, "cases.first_talk", held.held_on, now=now, by=held.held_by_id)
    derive_last_contact(case)
    if state_of(case) in BEFORE_ADMISSION:
        follow_answer(row, case, now)


def check_agreement(row: ParticipationAgreement, before: Mapping[str, Any], now: datetime) -> None:
    require_past(row.agreed_on, now, "agreed_on")
    require_code("languages", row.language, row.agreed_on, "language")


def check_information(row, before: Mapping[str, Any], now: datetime) -> None:
    require_past(row.given_on, now, "given_on")
    require_code("languages", row.language, row.given_on, "language")


# --- release dates, custody, events -------------------------------------------------------------------------------


def check_claim(row: ReleaseDateHypothesis, before: Mapping[str, Any], now: datetime) -> None:
    """A day that was past when it was entered is no prognosis. That a date is off is said by dropping it."""
    require_past(row.asserted_on, now, "asserted_on")
    require_words(row.source, "Bitte nennen Sie die Quelle.", "source")
    if row.on != before["on"] and row.on < day_of(row.recorded_at):
        raise Invalid("Dieser Tag war bei der Eintragung schon vergangen.", "on")
    if row.status != before["status"]:
        if row.status == HypothesisStatus.DROPPED:
            raise Invalid("Dass ein Termin entfällt, tragen Sie bei den Terminen ein.", "status")
        row.dropped_at, row.dropped_because = None, ""


def dates_changed(row: ReleaseDateHypothesis, case: Case, actor: Actor, now: datetime) -> None:
    """Planning date, deadlines and list row; publishes ReleaseDateChanged."""
    _settle(case, now)
    publish(ReleaseDateChanged(dossier_id=case.dossier_id, case_id=case.pk))


def check_custody(row: CustodyPeriod, before: Mapping[str, Any], now: datetime) -> None:
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise Invalid("Das Ende liegt vor dem Anfang.", "ends_on")
    if row.ends_on != before["ends_on"] and _stays_of(row).last() == row:
        raise Invalid("Das Ende der letzten Haftzeit folgt aus der bestätigten Entlassung.", "ends_on")


def check_custody_void(row: CustodyPeriod) -> None:
    if _stays_of(row).count() == 1:
        raise Invalid("Jeder Fall beginnt mit einer Haftzeit. Bitte berichtigen Sie diese.")


def custody_changed(row: CustodyPeriod, case: Case, actor: Actor, now: datetime) -> None:
    """A stay that never was opens nothing: the social service there reads no longer."""
    if row.is_voided and not _stays_of(row).filter(prison_id=row.prison_id).exists():
        holder = Institution.objects.select_related("holder").get(pk=row.prison_id).holder
        grants.close(at=now, dossier_id=row.dossier_id, holder_id=holder.pk, basis=Basis.PRISON)
    _settle(case, now)


def _stays_of(row: CustodyPeriod):
    return CustodyPeriod.objects.unscoped(because=WHY).standing().filter(case_id=row.case_id).order_by("pk")


def check_notice(row, before: Mapping[str, Any], now: datetime) -> None:
    require_past(row.told_on, now, "told_on")


def check_name(row, before: Mapping[str, Any], now: datetime) -> None:
    require_words(row.name, "Bitte nennen Sie den Namen.", "name")


def alias_changed(row: Alias, case: None, actor: Actor, now: datetime) -> None:
    """By what the entry said nobody is found any more (``find_alike``); by what it says now they are."""
    refresh_keys(actor, row.dossier_id)


# --- acts of the case ---------------------------------------------------------------------------------------------


def reason_list(row: CaseAct) -> str:
    return REASON_LISTS.get(Act(row.act), "")


def columns_of_act(row: CaseAct) -> list[str]:
    """What means something in this act: a reason where there is a list of them, an end where it has one."""
    columns = ["happened_on", "remark"]
    if reason_list(row):
        columns.append("reason")
    if row.act in (Act.WAITLISTED, Act.PAUSED):
        columns.append("until")
    return columns


def check_act(row: CaseAct, before: Mapping[str, Any], now: datetime) -> None:
    """The acts keep their order, and each keeps what it needed when it was entered."""
    acts = list(standing_acts(row.case))
    place = next(place for place, act in enumerate(acts) if act.pk == row.pk)
    _check_order(row, acts[:place], acts[place + 1 :], now)
    changed = {name for name, value in before.items() if getattr(row, name) != value}
    if "reason" in changed and (row.reason or row.act != Act.DECLINED):
        require_code(reason_list(row), row.reason, row.happened_on, "reason")
    if row.act in (Act.WAITLISTED, Act.PAUSED):
        _check_until(row)
    if row.act == Act.PAUSED and row.reason == "REIMPRISONED" and "imprisonment" not in row.facts:
        raise Invalid(f"Hier fehlt die Art der erneuten Haft. {ANEW}", "reason")
    if row.act == Act.ADMITTED and "happened_on" in changed:
        _check_admission(row)
    if row.act == Act.CLOSED and changed & {"reason", "happened_on"}:
        _check_ending(row, acts[:place], str(before["reason"]))


def _check_order(row: CaseAct, earlier: list[CaseAct], later: list[CaseAct], now: datetime) -> None:
    require_past(row.happened_on, now, "happened_on")
    if earlier and row.happened_on < earlier[-1].happened_on:
        raise Invalid(f"Der Tag liegt vor dem Ereignis davor ({earlier[-1]}).", "happened_on")
    if later and row.happened_on > later[0].happened_on:
        raise Invalid(f"Der Tag liegt nach dem nächsten Ereignis ({later[0]}).", "happened_on")
    former = row.case.follows
    if not earlier and former is not None:
        ended = standing_acts(former).last()
        if ended is not None and row.happened_on < ended.happened_on:
            raise Invalid(f"Der Tag liegt vor dem Ende des letzten Falls ({ended}).", "happened_on")


def _check_until(row: CaseAct) -> None:
    if row.until is None or row.until <= row.happened_on:
        raise Invalid("Dieser Tag liegt nicht nach dem Ereignis.", "until")
    if row.act == Act.PAUSED:
        latest = parameter("pause_max", on=row.happened_on).after(row.happened_on)
        if row.until > latest:
            raise Invalid(f"Der Fall ruht längstens bis {latest:%d.%m.%Y}.", "until")


def _check_admission(row: CaseAct) -> None:
    on = row.happened_on
    talks = FirstTalk.objects.unscoped(because=WHY).standing().filter(case_id=row.case_id, told_voluntary=True)
    sheets = InformationGiven.objects.unscoped(because=WHY).standing().filter(case_id=row.case_id)
    if not talks.filter(held_on__lte=on).exists() or not sheets.filter(given_on__lte=on).exists():
        raise Invalid("An diesem Tag fehlte noch das Erstgespräch oder das Informationsblatt.", "happened_on")
    consents = Consent.objects.unscoped(because=WHY).standing().filter(dossier_id=row.dossier_id)
    given = set(consents.filter(given_on__lte=on).values_list("purpose", flat=True))
    for purpose in (ConsentPurpose.PARTICIPATION, ConsentPurpose.DATA_USE):
        if purpose not in given:
            raise Invalid(f"An diesem Tag gab es die Einwilligung „{purpose.label}“ noch nicht.", "happened_on")


def _check_ending(row: CaseAct, earlier: list[CaseAct], former: str) -> None:
    if "DECEASED" in (row.reason, former):
        raise Invalid(f"Ein Todesfall wird für die Person eingetragen. {ANEW}", "reason")
    case, on = row.case, row.happened_on
    # What was said beside the reason when the end was entered; nothing of it is corrected here.
    given = {
        Need.CUSTODY_KIND: "imprisonment" in row.facts,
        Need.REMARK: bool(row.remark),
        Need.COMPLAINT_INFO: "complaint_explained" in row.facts,
        Need.RECIPIENT: "handed_to" in row.facts,
        Need.ATTEMPTS: "attempts" in row.facts,
    }
    released = released_on(case)
    lasts = parameter("aftercare_duration", on=released) if released else None
    ends = aftercare_end(released, lasts, pauses_of(earlier)) if released and lasts else None
    state = standing_after(Act(act.act) for act in earlier).state
    assert state is not None, "a case begins with its referral"
    against = hindrances(
        row.reason,
        state,
        given={need for need, said in given.items() if said},
        released_on=released,
        aftercare_ends=ends,
        on=on,
    )
    if against:
        raise Invalid(f"{' '.join(against)} {ANEW}", "reason")


def act_changed(row: CaseAct, case: Case, actor: Actor, now: datetime) -> None:
    """All that follows from the acts. With the referral the case itself begins on another day."""
    if row.act == Act.REFERRED:
        for table in (Assignment, Controller):
            first = table.objects.unscoped(because=WHY).filter(case=case).order_by("period").first()
            if first is not None and begin(first.period) == case.opened_on:
                first.period = period(row.happened_on, last_day(first.period))
                first.save(update_fields=["period"])
        case.opened_on, case.source = row.happened_on, row.reason or case.source
    _settle(case, now)
    if row.act == Act.RELEASE_CONFIRMED:
        publish(ReleaseDateChanged(dossier_id=case.dossier_id, case_id=case.pk))


def _settle(case: Case, now: datetime) -> None:
    case.version += 1
    case.save(update_fields=["version", "opened_on", "source"])
    settle(case, now=now)
