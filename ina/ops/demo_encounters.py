"""What happens between people of the demo: somebody is away, cases change hands, somebody comes back, files are opened
in an emergency. Each encounter takes place where its people are there (a small demo has fewer)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from ina.access.context import acting_as
from ina.access.operations.deputies import appoint_deputy
from ina.access.operations.dossiers import block_person, shield_file
from ina.access.operations.emergencies import open_emergency_access, review_emergency_access
from ina.access.queries import list_unreviewed_emergencies
from ina.base.actor import Person
from ina.cases.enums import HandoverKind, HypothesisKind, HypothesisStatus, Sex
from ina.cases.operations import acts, allocations, handovers, links, names, referrals, release_dates, talks
from ina.cases.queries import find_alike
from ina.monitoring import operations as monitoring
from ina.monitoring.enums import ContactOutcome
from ina.ops import demo_words as words
from ina.ops.demo_days import Days
from ina.ops.demo_referrals import Told
from ina.ops.demo_staff import Staff
from ina.reference.rules import add_working_days

EMERGENCY_HOURS = 24


class Scene:
    """Who is there, what day it is, and who acts."""

    def __init__(self, told: Sequence[Told], staff: Staff, today: date):
        self.staff, self.days = staff, Days(today, 4711)
        self._told: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
        self.everybody = list(told)
        # Cases that have changed hands meanwhile: whoever led them then may not write there now.
        self.moved: set[int] = set()
        for one in told:
            self._told[one.person.life.group.name, one.person.life.lead].append(one)

    def one(self, group: str, lead: str, place: int = 0) -> Told | None:
        """The person in this place among those of the group whom somebody leads."""
        there = self._told[group, lead]
        return there[place] if -len(there) <= place < len(there) else None

    def ago(self, days: int) -> date:
        """The working day so many days ago, or the one before it."""
        return self.days.working(self.days.day(-days))

    @contextmanager
    def acting(self, username: str) -> Iterator[Person]:
        actor = self.staff(username)
        with acting_as(actor):
            yield actor

    def do(self, username: str, operation: Callable, day: date, **arguments: Any) -> Any:
        with self.acting(username) as actor:
            return operation(actor=actor, now=self.days.at(day), **arguments)


def happen(scene: Scene) -> None:
    for encounter in (
        _bert_is_away,
        _offers,
        _taken_on,
        _allocated,
        _come_back,
        _emergencies,
        _names_change,
        _protected,
        _same_person,
    ):
        encounter(scene)


def _bert_is_away(scene: Scene) -> None:
    """Alma stands in: she has already been on the phone with one of his people."""
    first = scene.ago(4)
    scene.do(
        "bert", appoint_deputy, scene.ago(12),
        membership_id=scene.staff("bert").membership, deputy_id=scene.staff("alma").membership,
        starts_on=first, ends_on=scene.days.day(10), reason="Urlaub",
    )  # fmt: skip
    if one := scene.one("aftercare", "bert", -1):
        day = scene.ago(1)
        scene.do(
            "alma", monitoring.record_contact, day,
            case_id=one.case_id, happened_on=day, kind="PHONE", outcome=ContactOutcome.MET, minutes=15,
            content="Vertretung: Anruf wegen des Bescheids vom Jobcenter, Rückruf vereinbart",
        )  # fmt: skip


def _offers(scene: Scene) -> None:
    """One waits for an answer of Alma's, one of hers waits for Toni's, one was refused, one nobody answered in time."""
    long_ago = add_working_days(scene.days.today, -13)
    for group, giver, receiver, place, day, kind, reason in (
        ("preparation", "toni", "alma", 0, scene.ago(3), HandoverKind.PERSON, "Die Person zieht nach Düsseldorf."),
        ("preparation", "alma", "toni", 1, scene.ago(1), HandoverKind.PERSON, "Die Person zieht nach Wuppertal."),
        ("custody", "alma", "bert", 1, scene.ago(6), HandoverKind.PERSON, "Elternzeit ab dem nächsten Monat"),
        ("custody", "bert", "wanda", 2, long_ago, HandoverKind.PERSON, "Neuverteilung der Anstalten"),
    ):
        if one := scene.one(group, giver, place):
            offer = scene.do(
                giver, handovers.offer_handover, day,
                case_id=one.case_id, receiver_id=scene.staff(receiver).membership, reason=reason, offered_on=day,
                kind=kind, message=words.MESSAGE,
            )  # fmt: skip
            if reason.startswith("Elternzeit"):
                scene.do(
                    receiver, handovers.refuse_handover, scene.ago(5),
                    handover_id=offer.pk, reason="Zurzeit führe ich selbst 40 Fälle.",
                )  # fmt: skip


def _taken_on(scene: Scene) -> None:
    """Wanda has taken on a case of Alma's: both read for a while."""
    if one := scene.one("preparation", "alma", 2):
        day = scene.ago(8)
        offer = scene.do(
            "alma", handovers.offer_handover, day,
            case_id=one.case_id, receiver_id=scene.staff("wanda").membership, reason="Ausgleich der Fallzahlen",
            offered_on=day, message="Nächstes Gespräch ist mit der Werkstatt verabredet.",
        )  # fmt: skip
        scene.do("wanda", handovers.accept_handover, scene.ago(5), handover_id=offer.pk, answer="Übernehme ich gern.")
        scene.moved.add(one.case_id)


def _allocated(scene: Scene) -> None:
    """The lead of the team has given one case of somebody who has left to Wanda; the others wait."""
    if one := scene.one("led by somebody who has left, in custody", "udo"):
        scene.do(
            "jan", allocations.allocate_case, scene.ago(2),
            case_id=one.case_id, receiver_id=scene.staff("wanda").membership, reason="Udo Falk ist ausgeschieden.",
        )  # fmt: skip


def _come_back(scene: Scene) -> None:
    """Somebody is imprisoned again and gets a second case in the same file; one takes part again already."""
    for group, lead, place, ago, release in (
        ("imprisoned again", "alma", 0, 60, 250),
        ("imprisoned again", "bert", 0, 9, 330),
        ("lost", "toni", 0, 20, 190),
    ):
        if not (one := scene.one(group, lead, place)):
            continue
        day = scene.ago(ago)
        case = scene.do(
            lead, referrals.refer_again, day,
            dossier_id=one.dossier_id, prison_id=scene.staff.institution(one.person.prison),
            booking_number=f"{2900 + place:05d}/{day.year % 100:02d}/{ago % 10}", referred_on=day,
            source="SOCIAL_SERVICE",
        )  # fmt: skip
        scene.do(
            lead, release_dates.state_release_date, day,
            case_id=case.pk, on=scene.days.day(release), kind=HypothesisKind.SENTENCE_END,
            status=HypothesisStatus.PLAUSIBLE, source="Vollstreckungsblatt", asserted_on=day,
        )  # fmt: skip
        if ago >= 30:
            _take_part_again(scene, lead, case.pk, scene.ago(ago - 7), scene.ago(ago - 16))


def _take_part_again(scene: Scene, lead: str, case_id: int, talked: date, admitted: date) -> None:
    scene.do(
        lead, talks.record_first_talk, talked,
        case_id=case_id, held_on=talked, place="Sprechzimmer", informed=True, told_voluntary=True,
        own_wishes="Diesmal zuerst die Wohnung. Die Stelle im Lager hätte ich sonst behalten.",
    )  # fmt: skip
    scene.do(lead, talks.give_information, talked, case_id=case_id, given_on=talked, sheet_version=words.SHEET)
    scene.do(
        lead, acts.admit, admitted,
        case_id=case_id, admitted_on=admitted, agreement_on=admitted, participation_on=admitted, data_use_on=admitted,
        text_version=words.SHEET,
    )  # fmt: skip


def _emergencies(scene: Scene) -> None:
    """Two files were opened in an emergency by somebody of another carrier; one still waits for the lead's check."""
    for place, (ago, reason, checked) in enumerate(
        (
            (33, "Ankündigung einer Selbstverletzung am Telefon, Zuständige nicht erreichbar", "nachvollziehbar"),
            (3, "Person steht ohne Unterkunft vor dem Nachsorgebüro, Minusgrade, Zuständige krank", ""),
        )
    ):
        if not (one := scene.one("aftercare", "alma", place)):
            continue
        day = scene.ago(ago)
        scene.do("cem", open_emergency_access, day, number=one.number, reason=reason, hours=EMERGENCY_HOURS)
        if checked:
            with scene.acting("jan") as jan:
                waiting = [each for each in list_unreviewed_emergencies(jan) if each.dossier_id == one.dossier_id]
            later = scene.ago(ago - 3)
            for each in waiting:
                scene.do("jan", review_emergency_access, later, emergencyaccess_id=each.pk, review_note=checked)


def _names_change(scene: Scene) -> None:
    """A marriage leaves the old name as an alias; under the ban on disclosure only who leads the case knows it."""
    for group, lead, ago, banned in (("aftercare", "wanda", 30, False), ("custody", "wanda", 45, True)):
        one = scene.one(group, lead)
        if one is None or one.person.life.release is None:
            continue
        day = scene.ago(ago)
        with scene.acting(lead) as actor:
            names.change_name(
                actor=actor,
                participant_id=one.participant_id,
                surname=one.person.surname if banned else "Fliederbusch",
                given_name="Robin" if banned else one.person.given_name,
                birth_name="" if banned else one.person.surname,
                sex=Sex.DIVERSE if banned else Sex(one.person.sex),
                on=day,
                under_disclosure_ban=banned,
                now=scene.days.at(day),
            )


def _protected(scene: Scene) -> None:
    """One file is shielded from searches, from another a colleague is kept out for a conflict of interest."""
    if one := scene.one("custody", "alma", -1):
        scene.do(
            "jan", shield_file, scene.ago(40), dossier_id=one.dossier_id, reason="durch die Presse bekannt geworden"
        )
    if one := scene.one("custody", "wanda", -1):
        scene.do(
            "wanda", block_person, scene.ago(25),
            dossier_id=one.dossier_id, user_id=scene.staff("bert").id, reason="früher Nachbarn",
        )  # fmt: skip


def _same_person(scene: Scene) -> None:
    """Somebody asks another house whether its file is about the same person."""
    for one in scene.everybody:
        if one.person.double_of is None:
            continue
        day = scene.ago(1)
        with scene.acting(one.person.life.lead) as actor:
            hits = find_alike(actor, referrals.Person(**_described(one)), scene.days.at(day), own=one.dossier_id)
            if hits and hits[0].ask:
                links.ask_link(
                    actor=actor, dossier_id=one.dossier_id, handle=hits[0].handle,
                    because="Geburtstag und Vorname stimmen überein, der Name ist anders geschrieben.",
                    now=scene.days.at(day),
                )  # fmt: skip
                return


def _described(one: Told) -> dict[str, Any]:
    columns = ("surname", "given_name", "birth_name", "aliases", "sex", "born_on", "birth_place")
    return {name: getattr(one.person, name) for name in columns}
