"""The circle of people around a file, in words."""

from datetime import UTC, date, datetime

from ina.access.enums import Basis, Compartment
from ina.access.queries import AccessLine
from ina.access.rules import compartments_for, labels_of
from ina.web.cases.circle import WHOLE, Partner, circle, sees

SINCE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def line(name: str, *, running: bool = True) -> AccessLine:
    return AccessLine(name, "Teamleitung, JVA", "leitet das Team", ("Plan",), SINCE, None, running)


def test_what_somebody_sees_is_said_in_few_words():
    assert sees(tuple(labels_of(sum(Compartment)))) == WHOLE
    assert sees(tuple(labels_of(compartments_for(Basis.ASSIGNMENT)))) == WHOLE
    assert sees(tuple(labels_of(compartments_for(Basis.TEAM)))) == f"{WHOLE} ohne vertrauliche Notizen und Gesundheit"
    assert sees(("Fall", "Person und Kontakt", "Plan")) == "Person und Kontakt und Plan"
    assert sees(("Fall",)) == "dass es den Fall gibt"


def test_running_grants_come_first_then_partners_with_where_they_stand():
    found = circle(
        [line("Jan Roth"), line("Bert Krüger", running=False)],
        {"Jan Roth": date(2026, 11, 4)},
        [Partner("Schuldnerberatung", "Schulden ordnen", "angefragt", date(2026, 11, 9))],
    )
    assert [(each.name, each.contact) for each in found] == [
        ("Jan Roth", "zuletzt 04.11."),
        ("Schuldnerberatung", "angefragt seit 09.11."),
    ]
    assert found[1].sees == "nur, was Sie ihr mitteilen"
