"""Several questions in one statement answer what each queryset would answer by itself, walls included."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from ina.access.models import Dossier
from ina.base.together import Read, SqlRead, read_together
from ina.cases.models import Assignment, Case, CaseAct, Participant
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db

ACTS = Read(
    lambda given: (
        CaseAct.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id, remark__contains="100%")
        .order_by("happened_on", "pk")
    )
)
ALL_ACTS = Read(
    lambda given: (
        CaseAct.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"))
        .order_by("happened_on", "pk")
    )
)
PERIODS = Read(
    lambda given: (
        Assignment.objects.visible_to(given.actor)
        .filter(case_id=given.case_id)
        .values_list("period", "membership__user__display_name", named=True)
    )
)
CASE = Read(
    lambda given: (
        Case.objects.visible_to(given.actor, Dossier, Participant)
        .filter(dossier_id=given.dossier_id, number=given.case_number)
        .with_bases(given.actor)
        .select_related("dossier__participant")
    )
)
TODAY = SqlRead("SELECT %(today)s, '100%%'")


@pytest.fixture
def case(people):
    return case_for(people.alma, surname="Beinwell")


def given_of(case, today):
    return {"dossier_id": case.dossier_id, "case_id": case.case_id, "case_number": 1, "today": today}


def test_answers_are_those_of_the_querysets(people, act_as, case, clock):
    today = clock.moment.date()
    with act_as(people.alma) as actor:
        for _ in range(7):  # planned for these arguments at first, for any of them later
            found = read_together((ALL_ACTS, PERIODS, CASE, TODAY, ACTS), actor=actor, **given_of(case, today))
        rows = CaseAct.objects.visible_to(actor).filter(dossier_id=case.dossier_id).order_by("happened_on", "pk")
        assert found[ALL_ACTS] == list(rows)
        assert [row.__dict__ | {"_state": 0, "by": 0} for row in found[ALL_ACTS]] == [
            row.__dict__ | {"_state": 0, "by": 0} for row in rows
        ]
        assert {row.by for row in found[ALL_ACTS]} == {people.alma.name}
        assert found[PERIODS] == list(
            Assignment.objects.visible_to(actor)
            .filter(case_id=case.case_id)
            .values_list("period", "membership__user__display_name", named=True)
        )
        (one,) = found[CASE]
        assert (one.pk, one.dossier.participant.surname, one.bases) == (case.case_id, "Beinwell", ["ASSIGNMENT"])
        assert found[TODAY] == [(today, "100%")]
        assert found[ACTS] == []


def test_all_of_it_is_one_statement(people, act_as, case, clock):
    with act_as(people.alma) as actor, CaptureQueriesContext(connection) as asked:
        read_together((ALL_ACTS, PERIODS, CASE), actor=actor, **given_of(case, clock.moment.date()))
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["cem", "gero", "ede"])
def test_who_sees_nothing_of_the_file_gets_nothing(people, act_as, case, clock, name):
    with act_as(getattr(people, name)) as actor:
        found = read_together((ALL_ACTS, PERIODS, CASE), actor=actor, **given_of(case, clock.moment.date()))
    assert list(found.values()) == [[], [], []]


def test_an_unknown_argument_is_said_where_it_is_written():
    with pytest.raises(AttributeError, match="no argument surname"):
        Read(lambda given: Case.objects.visible_to(given.actor).filter(dossier_id=given.surname)).compiled  # noqa: B018


def test_nothing_asked_is_nothing_answered():
    assert read_together(()) == {}
