"""Applications: where they stand, what may follow, by when somebody has to act; and the page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ina.agenda.enums import ItemState
from ina.agenda.models import Item
from ina.base import clock
from ina.base.errors import Invalid
from ina.monitoring.applications import NEXT, Moved, may_follow, next_due, stands_at
from ina.monitoring.enums import ApplicationKind, ApplicationStep
from ina.monitoring.operations import begin_application, move_application
from ina.monitoring.queries import list_applications
from ina.reference.enums import Unit
from ina.reference.rules import Duration
from tests.factories.cases import case_for

MONTH, PATIENCE = Duration(1, Unit.MONTHS), Duration(4, Unit.WEEKS)
BEGUN = date(2026, 11, 2)
STEP = ApplicationStep


@pytest.mark.parametrize(
    ("moves", "due"),
    [
        ([], date(2026, 11, 30)),
        ([Moved(STEP.FILED, date(2026, 11, 10))], date(2026, 12, 8)),
        ([Moved(STEP.FILED, BEGUN), Moved(STEP.MISSING_DOCS, BEGUN, date(2026, 12, 24))], date(2026, 12, 24)),
        ([Moved(STEP.FILED, BEGUN), Moved(STEP.DENIED, date(2026, 12, 31))], date(2027, 1, 31)),
        ([Moved(STEP.FILED, BEGUN), Moved(STEP.DENIED, date(2027, 1, 31))], date(2027, 2, 28)),
        ([Moved(STEP.FILED, BEGUN), Moved(STEP.GRANTED, BEGUN)], None),
        ([Moved(STEP.WITHDRAWN, BEGUN)], None),
    ],
)
def test_by_when_somebody_acts(moves, due):
    found = next_due(BEGUN, moves, MONTH, PATIENCE)
    assert (found.on if found else None) == due


def test_every_step_is_reached_and_only_the_withdrawn_is_a_dead_end():
    assert set(NEXT) == set(STEP)
    assert {step for following in NEXT.values() for step in following} == set(STEP) - {STEP.PREPARED}
    assert [step for step, following in NEXT.items() if not following] == [STEP.WITHDRAWN]
    assert stands_at([]) is STEP.PREPARED and STEP.FILED in may_follow([])


@pytest.mark.django_db(databases=["default", "log"])
class TestApplications:
    def test_the_case_asks_until_there_is_an_answer(self, people, act_as, moment):
        made, today = case_for(people.alma), clock.day_of(moment)
        with act_as(people.alma) as actor:
            row = begin_application(
                actor=actor, case_id=made.case_id, kind=ApplicationKind.ID_CARD, office="Bürgeramt", now=moment
            )

            def asks():
                found = Item.objects.visible_to(actor).filter(kind="monitoring.application", state=ItemState.OPEN)
                return list(found.values_list("due_on", flat=True))

            def move(step, **more):
                move_application(
                    actor=actor, benefitapplication_id=row.pk, step=step, happened_on=today, now=moment, **more
                )

            assert asks() == [today + timedelta(weeks=4)]
            with pytest.raises(Invalid, match="folgt nicht"):
                move(STEP.GRANTED)
            move(STEP.FILED)
            with pytest.raises(Invalid, match="fehlende Unterlagen"):
                move(STEP.GRANTED, due_on=today)
            move(STEP.MISSING_DOCS, due_on=today + timedelta(days=10))
            assert asks() == [today + timedelta(days=10)]
            move(STEP.FILED)
            move(STEP.GRANTED)
            assert asks() == []
            (told,) = list_applications(actor, row.case, today)
            assert told.state is STEP.GRANTED and told.due is None and len(told.moves) == 4

    def test_the_page(self, people, client_of):
        made = case_for(people.alma)
        here, alma = reverse("applications", args=[made.number]), client_of(people.alma)
        sent = {"formular": "begin", "kind": "ID_CARD", "office": "Bürgeramt", "prepared_on": "heute"}
        assert alma.post(here, {**sent, "office": ""}).status_code == 422
        assert alma.post(here, sent).status_code == 303
        moved = {"formular": "move", "application": "1", "step": "FILED", "happened_on": "heute"}
        assert alma.post(here, {**moved, "happened_on": "01.01.2020"}).status_code == 422
        assert alma.post(here, {**moved, "application": "7"}).status_code == 422
        assert client_of(people.cem).post(here, moved).status_code == 404
        assert alma.post(here, moved).status_code == 303
        assert "nachfragen, wo er bleibt" in alma.get(here).content.decode()
        assert here in alma.get(reverse("standards", args=[made.number])).content.decode()
