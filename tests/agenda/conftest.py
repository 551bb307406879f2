"""Kinds of these tests alone, in a case number that no case of the factories has: nothing of the modules above acts."""

from dataclasses import dataclass
from datetime import date

import pytest

from ina.access.context import acting_as
from ina.agenda import changed, kinds
from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.agenda.models import Item
from ina.agenda.operations import course
from tests.factories.cases import case_for

CASE = 7
TALK = Kind("probe_talk", "Erstgespräch", Anchor.REFERRAL, "first_talk_deadline", page="gespraech")
CHECK = Kind(
    "probe_check",
    "Mindeststandards prüfen",
    Anchor.RELEASE,
    "minimum_standard_checks",
    before=True,
    until_release=True,
)
FOLDER = Kind("probe_folder", "Entlassungsmappe übergeben", Anchor.RELEASE, short_list=True)
CONTACT = Kind("probe_contact", "Erster Kontakt", Anchor.RELEASE, "first_contact_after_release", short_list=True)
REPORT = Kind("probe_report", "Abschlussbericht", Anchor.CLOSING, "closing_report_deadline")
ANSWER = Kind("probe_answer", "Antwort abwarten", Anchor.FIXED)


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """The kinds above and no others; what listeners are told, as a list."""
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(changed, "_listeners", [])
    for kind in (TALK, CHECK, FOLDER, CONTACT, REPORT, ANSWER):
        register_kind(kind)
    heard: list[tuple[int, int]] = []
    changed.on_change(lambda dossier_id, case_number: heard.append((dossier_id, case_number)))
    return heard


@dataclass(frozen=True)
class File:
    """A file with the course of its case 7 at hand."""

    dossier_id: int
    member: object

    def anchor(self, anchor: Anchor, on: date | None, now, **more) -> None:
        actor = self.member.actor
        more = {"responsible_id": self.member.membership_id} | more
        with acting_as(actor):
            course.set_anchor(dossier_id=self.dossier_id, case_number=CASE, anchor=anchor, on=on, now=now, **more)

    def do(self, part, **arguments):
        """A part of ``course`` on this case."""
        with acting_as(self.member.actor):
            return part(dossier_id=self.dossier_id, case_number=CASE, **arguments)

    def items(self, **conditions) -> list[Item]:
        with acting_as(self.member.actor):
            rows = Item.objects.unscoped(because="a test").filter(dossier_id=self.dossier_id, case_number=CASE)
            return list(rows.filter(**conditions).order_by("pk"))

    def item(self, **conditions) -> Item:
        (found,) = self.items(**conditions)
        return found


def bare_case(member):
    """A case that was asked for nothing: made while no kind is known and nobody listens."""
    known, listening = dict(kinds._kinds), list(changed._listeners)
    kinds._kinds.clear()
    changed._listeners.clear()
    try:
        return case_for(member)
    finally:
        kinds._kinds.update(known)
        changed._listeners.extend(listening)


@pytest.fixture
def file(people):
    return File(bare_case(people.alma).dossier_id, people.alma)
