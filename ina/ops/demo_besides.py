"""What happens besides in single files of the demo (``Group.also``): dates that move, events, names, corrections."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ina.access.enums import Channel, ConsentPurpose
from ina.access.operations.consents import record_consent, withdraw_consent
from ina.cases.corrections import entry_kind
from ina.cases.enums import AliasKind, EventKind, HypothesisKind, HypothesisStatus
from ina.cases.operations import events, guardians, names, notices, release_dates, transfers
from ina.monitoring import operations as monitoring
from ina.monitoring.enums import ContactOutcome
from ina.ops import demo_words as words
from ina.ops.demo_logins import DUESSELDORF, MOERS, WUPPERTAL

if TYPE_CHECKING:
    from ina.ops.demo_walk import Teller

MOVED_TO = {DUESSELDORF: WUPPERTAL, MOERS: DUESSELDORF, WUPPERTAL: MOERS}


def in_custody(teller: Teller, admitted: date, until: date) -> None:
    """Between admission and ``until``: the last day in custody that has passed."""
    for what, act in IN_CUSTODY.items():
        if teller.life.happens(what) and until - admitted > timedelta(days=10):
            act(teller, admitted, until)


def after_release(teller: Teller, release: date) -> None:
    for what, act in AFTER_RELEASE.items():
        if teller.life.happens(what):
            act(teller, release)


def _between(teller: Teller, first: date, last: date, part: float) -> date:
    return teller.days.working(first + (last - first) * part, since=first)


# --- in custody ----------------------------------------------------------------------------------------------------


def _date_moved(teller: Teller, admitted: date, until: date) -> None:
    """First the end of the sentence alone, then two thirds become possible, then the court decides."""
    release, claimed = teller.person.release_on, teller.claimed
    if release is None or claimed is None:
        return
    said = _between(teller, admitted, until, 0.4)
    claim = teller.do(
        release_dates.state_release_date, said,
        on=release, kind=HypothesisKind.TWO_THIRDS, status=HypothesisStatus.PLAUSIBLE,
        source="Stellungnahme der Anstalt", asserted_on=said, probability=60,
    )  # fmt: skip
    if teller.person.number % 2:
        decided = _between(teller, admitted, until, 0.85)
        if decided >= said:
            teller.do(
                release_dates.decide_release_date, decided,
                claim_id=claim.pk, status=HypothesisStatus.DECIDED,
                source="Beschluss der Strafvollstreckungskammer", asserted_on=decided,
            )  # fmt: skip


def _postponed(teller: Teller, admitted: date, until: date) -> None:
    """Two thirds were hoped for; the court decided against it, and the end of the sentence holds again."""
    release = teller.person.release_on
    if release is None:
        return
    said, against = _between(teller, admitted, until, 0.3), _between(teller, admitted, until, 0.8)
    hoped = max(release - timedelta(days=90), said + timedelta(days=20))
    if hoped >= release:
        return
    teller.do(
        release_dates.state_release_date, said,
        on=hoped, kind=HypothesisKind.TWO_THIRDS, status=HypothesisStatus.PLAUSIBLE, source="Antrag nach § 57 StGB",
        asserted_on=said,
    )  # fmt: skip
    teller.do(events.record_event, against, kind=EventKind.POSTPONED, happened_on=against)


def _event(kind: EventKind, part: float, **said):
    def happen(teller: Teller, admitted: date, until: date) -> None:
        day = _between(teller, admitted, until, part)
        teller.do(events.record_event, day, kind=kind, happened_on=day, **said)

    return happen


def _leave_ended(teller: Teller, admitted: date, until: date) -> None:
    _event(EventKind.WORK_RELEASE, 0.3, remark="Freigang zum Betrieb")(teller, admitted, until)
    _event(EventKind.RELAXATION_ENDED, 0.9, detail="ORGANISATION")(teller, admitted, until)


def _transferred(teller: Teller, admitted: date, until: date) -> None:
    where = MOVED_TO.get(teller.person.prison)
    if where is None:
        return
    day = _between(teller, admitted, until, 0.9)
    number = f"{7000 + teller.person.number:05d}/{day.year % 100}/3"
    teller.do(
        transfers.record_transfer, day,
        on=day, prison_id=teller.staff.institution(where), booking_number=number,
        remark="Wechsel in eine andere Werkstatt",
    )  # fmt: skip


def _name_of_another_kind(teller: Teller, admitted: date, until: date) -> None:
    kinds = (
        (AliasKind.SPELLING, f"{teller.person.surname.replace('-', ' ')}, {teller.person.given_name}."),
        (AliasKind.FORMER, f"{words.FORMER[teller.person.number % len(words.FORMER)]}, {teller.person.given_name}"),
    )
    kind, name = kinds[teller.person.number % 2]
    names.add_alias(
        actor=teller.actor,
        participant_id=teller.told.participant_id,
        kind=kind,
        name=name,
        now=teller.days.at(admitted),
    )


def _guardian(teller: Teller, admitted: date, until: date) -> None:
    guardians.add_guardian(
        actor=teller.actor, participant_id=teller.told.participant_id, name="Ingrid Espenlaub",
        relation="rechtliche Betreuung", contact="0221 4710-118", valid_from=admitted - timedelta(days=300),
        now=teller.days.at(admitted),
    )  # fmt: skip


def _told_jobcenter(teller: Teller, admitted: date, until: date) -> None:
    """A consent for the Jobcenter of the future residence, and the call that told it the day."""
    town, planned = teller.person.town, teller.claimed
    if town is None or planned is None or not town.jobcenter:
        return
    signed = _between(teller, admitted, until, 0.6)
    _consent(teller, signed, town.jobcenter)
    told = teller.days.working(signed + timedelta(days=3), since=signed)
    if told <= until:
        teller.do(
            notices.record_notice, told, institution_key=town.jobcenter, on=planned[0], told_on=told,
            channel=Channel.PHONE,
        )  # fmt: skip


def _consent(teller: Teller, on: date, institution: str):
    return record_consent(
        actor=teller.actor, dossier_id=teller.told.dossier_id, purpose=ConsentPurpose.RELEASE_DATE, given_on=on,
        text_version=words.SHEET, on_paper=True, recipient_id=teller.staff.institution(institution),
        now=teller.days.at(on),
    )  # fmt: skip


# --- after the release ---------------------------------------------------------------------------------------------


def _contact_corrected(teller: Teller, release: date) -> None:
    """Somebody wrote a talk down as a call, and put it right two days later."""
    day = teller.days.working(release + timedelta(days=5), since=release)
    if day + timedelta(days=2) > teller.days.last:
        return
    contact = teller.do(
        monitoring.record_contact, day, happened_on=day, kind="PHONE", outcome=ContactOutcome.MET,
        content="Absprache zum Antrag auf Erstausstattung",
    )  # fmt: skip
    later = teller.days.working(day + timedelta(days=2), since=day)
    kind = entry_kind("kontakt")
    assert kind.correct is not None
    kind.correct(
        actor=teller.actor, contact_id=contact.pk, kind="TALK", because="war ein Gespräch im Büro, kein Anruf",
        now=teller.days.at(later),
    )  # fmt: skip


def _contact_voided(teller: Teller, release: date) -> None:
    """An entry that belonged into another file."""
    day = teller.days.working(release + timedelta(days=9), since=release)
    contact = teller.do(
        monitoring.record_contact, day, happened_on=day, kind="PHONE", outcome=ContactOutcome.MET,
        content="Rückruf wegen der Schlüssel",
    )  # fmt: skip
    kind = entry_kind("kontakt")
    assert kind.void is not None
    kind.void(actor=teller.actor, contact_id=contact.pk, because="gehört in eine andere Akte", now=teller.days.at(day))


def _consent_withdrawn(teller: Teller, release: date) -> None:
    if teller.person.town is None or not teller.person.town.jobcenter:
        return
    given = teller.days.working(release + timedelta(days=1), since=release)
    consent = _consent(teller, given, teller.person.town.jobcenter)
    day = teller.days.working(given + timedelta(days=6), since=given)
    withdraw_consent(
        actor=teller.actor, consent_id=consent.pk, withdrawn_on=day, channel=Channel.PHONE, now=teller.days.at(day)
    )


def _back_for_a_while(teller: Teller, release: date) -> None:
    day = teller.days.working(release + timedelta(days=12), since=release)
    if day < teller.days.last:
        teller.do(
            events.record_event, day, kind=EventKind.VOLUNTARY_RETURN, happened_on=day, until=day + timedelta(days=14),
            remark="bis der Platz in der Wohngruppe frei war",
        )  # fmt: skip


IN_CUSTODY = {
    "date moved": _date_moved,
    "postponed": _postponed,
    "open prison": _event(EventKind.OPEN_PRISON, 0.7, remark="Arbeit außerhalb ab dem nächsten Monat"),
    "work outside": _event(EventKind.WORK_RELEASE, 0.75, remark="Freigang zum Betrieb"),
    "leave ended": _leave_ended,
    "transferred": _transferred,
    "name of another kind": _name_of_another_kind,
    "guardian": _guardian,
    "told Jobcenter": _told_jobcenter,
}
AFTER_RELEASE = {
    "contact corrected": _contact_corrected,
    "contact voided": _contact_voided,
    "consent withdrawn": _consent_withdrawn,
    "back for a while": _back_for_a_while,
}
