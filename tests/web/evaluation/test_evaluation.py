"""The page of figures: who may read it, what it shows with none, few and enough people, and that it holds no name."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from ina.base.actor import System
from ina.base.clock import BERLIN
from ina.cases.enums import State
from ina.evaluation.operations import rebuild_facts
from tests.factories.cases import case_for

READERS = {"ede", "mia", "stefan", "tina"}


@pytest.fixture
def page(committed_db, client_of, clock):
    """``page(person)``: the page on 10 December 2026, when releases up to May are observed to the end."""
    clock.set(datetime(2026, 12, 10, 9, tzinfo=BERLIN))

    def get(member):
        return client_of(member).get(reverse("evaluation"))

    return get


@pytest.fixture
def facts(owner_of_tables):
    """``facts(outcome, count)``: so many people released in May 2026, and a build."""

    def add(outcome, count, *, sex="m", released="2026-05-01"):
        for _ in range(count):
            owner_of_tables.execute(
                "INSERT INTO evaluation_episodefact (pseudonym, prison, age_group, sex, admitted_month, released_month,"
                " ending_reason, outcome_0, outcome_3, outcome_6)"
                " VALUES (%s, 'jva-duesseldorf', 'FROM_25_TO_54', %s, '2025-09-01', %s, '', '', '', %s)",
                [uuid4(), sex, released, outcome],
            )

    owner_of_tables.execute(
        "INSERT INTO evaluation_factbuild (finished_at, episodes, left_out) VALUES ('2026-12-10 01:40+00', 0, 0)"
    )
    return add


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_evaluation_is_for_those_who_read_figures_and_refused_to_everybody_else(page, people):
    answers = {member.key: page(member).status_code for member in people}
    assert {key for key, status in answers.items() if status == 200} == READERS
    assert {status for key, status in answers.items() if key not in READERS} == {403}


def test_evaluation_before_the_first_build_says_so(page, people):
    assert "Noch sind keine Zahlen berechnet" in text_of(page(people.ede))


def test_evaluation_without_a_completed_observation_says_so(page, people, facts):
    facts("INSURED_FULL_TIME", 30, released="2026-06-01")
    assert "Noch ist für niemanden die Beobachtung abgeschlossen" in text_of(page(people.ede))


def test_evaluation_shows_figure_unknowns_interval_and_definition(page, people, facts):
    facts("INSURED_FULL_TIME", 20)
    facts("UNEMPLOYED", 22)
    facts("APPRENTICESHIP", 6)
    facts("", 8)
    text = text_of(page(people.ede))
    assert "36 %" in text
    assert "20 von 56, Unbekannte mitgezählt" in text
    assert "95-%-Intervall 24 % bis 49 %" in text
    assert "ohne Unbekannte 42 % (20 von 48)" in text
    assert "von 8 Personen wissen wir es nicht" in text
    assert "Entlassen 05/2026 bis 05/2026" in text
    assert "Datenstand 10.12.2026, 02:40" in text
    assert "Ausbildung oder Qualifizierung" in text
    assert "Wer vor dem Stichtag verstorben, ausgereist oder abgeschoben" in text
    # 20/56 of the way from 10 to 210, with a point: a comma would break the drawing.
    assert 'cx="81.4"' in text
    assert "style=" not in text


@pytest.mark.parametrize(("in_work", "others"), [(2, 2), (3, 40), (40, 3)])
def test_evaluation_protects_small_numbers(page, people, facts, in_work, others):
    facts("INSURED_FULL_TIME", in_work)
    facts("UNEMPLOYED", others)
    text = text_of(page(people.ede))
    assert "Geschützt, zu kleine Zahl" in text
    assert "95-%-Intervall" not in text


def test_evaluation_protects_small_groups_of_the_mix(page, people, facts):
    facts("INSURED_FULL_TIME", 20)
    facts("UNEMPLOYED", 20)
    facts("UNEMPLOYED", 3, sex="w")
    text = text_of(page(people.ede))
    assert text.count("geschützt, zu kleine Zahl") == 2  # women, and men, who would give them away


def test_evaluation_shows_no_name(page, people, act_as, clock):
    with act_as(people.alma):
        made = [case_for(people.alma, state=State.CLOSED, surname=f"Zaunwinde-{n}") for n in range(6)]
    rebuild_facts(actor=System("facts"), now=clock.moment)
    text = text_of(page(people.ede))
    assert "Zaunwinde" not in text
    assert not [one for one in made if one.number in text]
    assert "0 von 6, Unbekannte mitgezählt" in text
