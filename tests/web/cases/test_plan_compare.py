"""Two versions of the plan side by side."""

import pytest
from django.urls import reverse

from ina.planning import operations, queries
from ina.planning.enums import PlanState, StepOwner
from tests.factories.cases import case_of
from tests.factories.plans import add_goal, planned_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(people, now):
    return planned_case(people.alma, now, PlanState.IN_FORCE, goals=2, steps=2)


@pytest.fixture
def url(made):
    return reverse("plan_compare", args=[made.number])


def test_one_version_is_nothing_to_compare(alma, url, words):
    assert "Noch nichts zu vergleichen" in words(alma.get(url))


def test_new_gone_changed_and_progress_apart(people, alma, act_as, now, made, url, words):
    with act_as(people.alma) as actor:
        operations.open_version(actor=actor, case_id=made.case_id, now=now)
        case = case_of(made)
        step = queries.get_step(actor, case, 1, 1, 2)
        operations.change_step(actor=actor, planstep_id=step.pk, what="Ganz anders", owner=StepOwner.PRISON, now=now)
        add_goal(actor, made.case_id, now, wording_person="Ich will wohnen.")
        done = queries.get_step(actor, case, 1, 2, 1)
        operations.complete_step(actor=actor, planstep_id=done.pk, done_on=now.date(), result="geschafft", now=now)
    page = alma.get(url)
    compared = page.context["compared"]
    found = [(one.number, one.change.label, [said.name for said in one.said]) for one in compared.agreed]
    assert found == [("1.1", "geändert", ["was", "wer"]), ("3", "neu", []), ("3.1", "neu", [])]
    assert compared.progress == ()  # what is done is carried to the version in work
    assert "Schritt mit Nummer 1" in words(page) and "Ganz anders" in words(page)
    back = alma.get(url + "?von=2&mit=1").context["compared"]
    assert [(one.number, one.change.label) for one in back.agreed][1:] == [("3", "weggefallen"), ("3.1", "weggefallen")]
    assert alma.get(url + "?von=1&mit=9").status_code == 404


def test_statements(people, alma, act_as, now, made, url, statements):
    with act_as(people.alma) as actor:
        operations.open_version(actor=actor, case_id=made.case_id, now=now)
    alma.get(url)
    with statements() as seen:
        page = alma.get(url)
    assert page.context["compared"] and seen() == 7
