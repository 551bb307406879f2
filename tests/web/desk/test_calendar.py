"""The calendar outside: times without a word about anybody, an address that can be closed, clock changes."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from ina.accounts.models import Membership
from ina.exchange.calendar import calendar_of
from ina.monitoring.models import CalendarFeed
from ina.monitoring.operations import agree_appointment
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture
def address(people, client_of):
    text = client_of(people.alma).post(reverse("calendar"), {"open": "1"}).content.decode()
    return re.search(r"/kalender/[\w-]+\.ics", text)[0]


def test_times_and_nothing_else(people, act_as, now, address):
    made = case_for(people.alma, surname="Ackerwinde")
    with act_as(people.alma) as actor:
        agree_appointment(
            actor=actor, case_id=made.case_id, on=date(2026, 11, 26), at=time(9, 30), minutes=45, title="Profiling",
            place="JVA Düsseldorf", others="Jobcenter", now=now,
        )  # fmt: skip
    answer = Client().get(address)
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar") and "no-store" in answer["Cache-Control"]
    assert "DTSTART:20261126T083000Z" in text and "DTEND:20261126T091500Z" in text and "SUMMARY:Termin\r\n" in text
    for said in ("Ackerwinde", "Profiling", "JVA", "Jobcenter", made.number, "Haft", "INA"):
        assert said not in text, said


def test_whoever_stole_it_is_shut_out(people, client_of, address):
    assert Client().get(address).status_code == 200
    client_of(people.alma).post(reverse("calendar"), {"open": "1"})
    assert Client().get(address).status_code == 404
    assert CalendarFeed.objects.filter(closed_at=None).count() == 1
    client_of(people.alma).post(reverse("calendar"), {"close": "1"})
    assert CalendarFeed.objects.filter(closed_at=None).count() == 0
    assert Client().get("/kalender/unbekannt.ics").status_code == 404


def test_it_ends_with_the_position_and_with_the_account(people, address):
    position = Membership.objects.get(pk=people.alma.membership_id)
    position.user.is_active = False
    position.user.save(update_fields=["is_active"])
    assert Client().get(address).status_code == 404


def test_the_address_is_kept_as_a_hash_and_shown_once(people, client_of, address):
    part = address.removeprefix("/kalender/").removesuffix(".ics")
    assert len(part) >= 32 and part not in CalendarFeed.objects.get().address_hash
    assert part not in client_of(people.alma).get(reverse("calendar")).content.decode()
    assert client_of(people.hanna).post(reverse("calendar"), {"open": "1"}).status_code == 403


class At:
    def __init__(self, on, at, minutes=None):
        self.on, self.at, self.minutes = on, at, minutes


@pytest.mark.parametrize(
    ("on", "at", "begins", "ends"),
    [
        (date(2027, 3, 27), time(9), "DTSTART:20270327T080000Z", "DTEND:20270327T090000Z"),
        (date(2027, 3, 28), time(9), "DTSTART:20270328T070000Z", "DTEND:20270328T080000Z"),  # summer time since 2
        (date(2026, 10, 25), time(1, 30), "DTSTART:20261024T233000Z", "DTEND:20261025T003000Z"),
        (date(2026, 12, 24), None, "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261225"),
    ],
)
def test_nights_of_a_clock_change(on, at, begins, ends):
    text = calendar_of([("x", At(on, at))], NOW).decode()
    assert begins in text.split("\r\n") and ends in text.split("\r\n")
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
