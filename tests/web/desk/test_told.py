"""Where somebody stands, in a few words."""

from datetime import date, timedelta

import pytest

from ina.agenda.enums import Urgency
from ina.agenda.kinds import _kinds
from ina.cases.enums import Phase, State
from ina.cases.queries.desk import DeskCase
from ina.web.desk.told import VERBS, amount, how_urgent, phase_and_place, stands

TODAY = date(2026, 11, 23)


def case(state, phase, planned=None, released=False):
    return DeskCase(1, 1, "2026-00001", 1, "JVA Köln", 1, state, phase, planned, released, None, None)


@pytest.mark.parametrize(
    ("state", "phase", "days", "released", "words"),
    [
        (State.SCREENING, Phase.REFERRAL, 40, False, "Klärung"),
        (State.CLOSED, Phase.ENDED, -300, True, "beendet"),
        (State.ADMITTED, Phase.CUSTODY, None, False, "Entlassung unbekannt"),
        (State.ADMITTED, Phase.PREPARATION, 81, False, "noch 81 Tage"),
        (State.ADMITTED, Phase.PREPARATION, 1, False, "noch 1 Tag"),
        (State.ADMITTED, Phase.PREPARATION, 0, False, "Entlassung heute"),
        (State.ADMITTED, Phase.PREPARATION, -2, False, "Entlassung noch nicht bestätigt"),
        (State.ADMITTED, Phase.CUSTODY, 365, False, "noch 365 Tage"),
        (State.ADMITTED, Phase.CUSTODY, 366, False, "voraussichtlich 11/2027"),
        (State.AFTERCARE, Phase.AFTERCARE, 0, True, "heute entlassen"),
        (State.AFTERCARE, Phase.AFTERCARE, -1, True, "gestern entlassen"),
        (State.AFTERCARE, Phase.AFTERCARE, -6, True, "entlassen vor 6 Tagen"),
        (State.AFTERCARE, Phase.AFTERCARE, -32, True, "Nachsorge, Monat 2"),
        (State.AFTERCARE, Phase.AFTERCARE, -60, True, "Nachsorge, Monat 2"),
        (State.AFTERCARE, Phase.AFTERCARE, -61, True, "Nachsorge, Monat 3"),
        (State.PAUSED, Phase.AFTERCARE, -90, True, "ruht"),
        (State.PAUSED, Phase.CUSTODY, 90, False, "ruht (im Vollzug)"),
    ],
)
def test_stands(state, phase, days, released, words):
    planned = None if days is None else TODAY + timedelta(days=days)
    assert stands(case(state, phase, planned, released), TODAY) == words


def test_after_the_release_no_prison_is_named():
    assert phase_and_place(case(State.AFTERCARE, Phase.AFTERCARE, TODAY, True)) == "Nachsorge"
    assert phase_and_place(case(State.ADMITTED, Phase.CUSTODY)) == "im Vollzug · JVA Köln"


@pytest.mark.parametrize(
    ("late", "urgency", "told"),
    [
        (2, Urgency.OVERDUE, ("late", "2 überfällig")),
        (0, None, ("done", "nichts offen")),
        (0, Urgency.SOON, ("due", "bald fällig")),
        (0, Urgency.LATER, ("open", "offen")),
    ],
)
def test_a_mark_always_has_its_word(late, urgency, told):
    assert how_urgent(late, urgency) == told


def test_every_page_where_something_is_done_has_a_word_of_its_own():
    assert {kind.page for kind in _kinds.values() if kind.page} <= set(VERBS)


def test_amounts():
    assert amount(1, "Fall", "Fälle") == "1 Fall" and amount(25000, "Fall", "Fälle") == "25.000 Fälle"
