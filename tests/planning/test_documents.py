"""The plan on paper: everything that is agreed, and the same in plain words on two pages."""

from datetime import date

import pytest

from ina.base.errors import NotVisible
from ina.documents.kinds import PaperRequest, get_kind
from ina.documents.typeset import set_paper
from ina.planning import operations, queries
from ina.planning.enums import PlanState, StepOwner
from tests.documents.papers import assert_accessible, read, text_of
from tests.factories.cases import case_for, case_of
from tests.factories.plans import planned_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def paper_of(actor, key, made, **options):
    kind = get_kind(key)
    return kind.build(PaperRequest(actor, made.dossier_id, 1, TODAY, options)), kind.template


def pdf_of(actor, key, made, **options):
    paper, template = paper_of(actor, key, made, **options)
    return set_paper(template, paper.data)


def test_the_whole_plan_with_its_signature(people, act_as, now):
    made = planned_case(people.alma, now, PlanState.IN_FORCE, goals=3, steps=2)
    with act_as(people.alma) as actor:
        plan_id = made.plan_id
        assert plan_id
        pdf = pdf_of(actor, "planning.plan", made)
    said = " ".join(text_of(pdf).split())
    assert_accessible(pdf)
    for words in ("Ich lerne Metallbauer fertig.", "Teil A", "Teil C", "3 Wochen vor der Entlassung", "08.02.2027"):
        assert words in said, words
    assert "Fassung 1 vom 23.11.2026" in said and "01.02.2027" in said  # version in the foot, next review


def test_twelve_goals_and_sixty_steps(people, act_as, now):
    made = planned_case(people.alma, now, goals=12, steps=5)
    with act_as(people.alma) as actor:
        assert_accessible(pdf_of(actor, "planning.plan", made))
        assert len(read(pdf_of(actor, "planning.my_plan", made)).pages) == 2


def test_my_plan_says_it_in_the_persons_words_or_plainer(people, act_as, now):
    made = planned_case(people.alma, now, steps=2)
    with act_as(people.alma) as actor:
        step = queries.get_step(actor, case_of(made), 1, 2)
        operations.change_step(actor=actor, planstep_id=step.pk, what=step.what, plain="Ich rufe an.", now=now)
        first = queries.get_step(actor, case_of(made), 1, 1)
        operations.complete_step(actor=actor, planstep_id=first.pk, done_on=TODAY, now=now)
        pdf = pdf_of(actor, "planning.my_plan", made)
    said = " ".join(text_of(pdf).split())
    assert_accessible(pdf)
    assert "Ich rufe an." in said and "Ich lerne Metallbauer fertig." in said and "Schritt mit Nummer 1" in said
    assert "kein" in said and len(read(pdf).pages) == 2


def test_the_version_asked_for_is_printed(people, act_as, now):
    made = planned_case(people.alma, now, PlanState.IN_FORCE)
    with act_as(people.alma) as actor:
        operations.open_version(actor=actor, case_id=made.case_id, now=now)
        papers = [paper_of(actor, "planning.plan", made, **said)[0] for said in ({}, {"fassung": "1"})]
        with pytest.raises(NotVisible):
            paper_of(actor, "planning.plan", made, fassung="7")
    assert [paper.title[-1] for paper in papers] == ["2", "1"]
    assert [paper.data["answer"] for paper in papers] == [None, "yes"]


def test_no_plan_no_paper_and_none_for_strangers(people, act_as, now):
    empty, made = case_for(people.alma), planned_case(people.alma, now)
    for member, of in ((people.alma, empty), (people.cem, made)):
        with act_as(member) as actor, pytest.raises(NotVisible):
            paper_of(actor, "planning.my_plan", of)


def test_minutes_of_a_conference_with_a_list_to_sign(people, act_as, now):
    made = planned_case(people.alma, now)
    with act_as(people.alma) as actor:
        with pytest.raises(NotVisible):
            paper_of(actor, "planning.conference", made)
        conference = operations.hold_conference(
            actor=actor,
            case_id=made.case_id,
            held_on=TODAY,
            participants="Hanna Hasel, Sozialdienst, JVA Beispielstadt\nBirk Birke",
            topics="Wohnen\nArbeit",
            minutes="Alle sind sich einig.",
            now=now,
        )
        decision = operations.note_decision(
            actor=actor, conference_id=conference.pk, text="Wohnung suchen", owner=StepOwner.CASE_MANAGER, now=now
        )
        operations.make_step(actor=actor, conferencedecision_id=decision.pk, goal=1, now=now)
        pdf = pdf_of(actor, "planning.conference", made)
        with pytest.raises(NotVisible):
            paper_of(actor, "planning.conference", made, konferenz="2")
    said = " ".join(text_of(pdf).split())
    assert_accessible(pdf)
    for words in ("Hanna Hasel", "Birk Birke", "Wohnung suchen", "Schritt 1.2", "Alle sind sich einig."):
        assert words in said, words
