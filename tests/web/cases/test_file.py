"""The file: what it shows to whom, its trace, its fragment, and the number of statements."""

import pytest
from django.urls import reverse

from ina.base.clock import day_of
from ina.cases.enums import State
from ina.cases.operations.referrals import Person, refer_person
from tests.factories.cases import case_for
from tests.monitoring.test_queries import outcome
from tests.network.test_queries import refer
from tests.planning.test_queries import plan

pytestmark = pytest.mark.django_db


def page(number: str) -> str:
    return reverse("file", args=[number])


def test_file_shows_head_picture_steps_and_facts(alma, case, words):
    answer = alma.get(page(case.number))
    said = words(answer)
    assert "Robin Beinwell" in said and f"Akte {case.number}" in said and "98 Tage" in said
    assert "Entlassungsvorbereitung" in said and "Zuständig" in said and "Alma Ahorn" in said
    assert "Erstes Profiling" in said and "224 Tage über" in said
    assert "Teilnahme an INA" in said and "Aufgenommen" in said
    assert answer.content.decode().count('role="img"') >= 2


def test_title_has_no_name(alma, case):
    title = alma.get(page(case.number)).content.decode().split("<title>")[1].split("</title>")[0]
    assert case.number in title and "Beinwell" not in title


def test_opening_is_recorded_with_its_reason(people, alma, client_of, case, trail):
    alma.get(page(case.number))
    client_of(people.jan).get(page(case.number))
    first, second = trail("read.file")
    assert (first.dossier_id, first.user_id, first.reason) == (case.dossier_id, people.alma.user_id, "ASSIGNMENT")
    assert first.details == {"page": "file"} and second.reason == "TEAM"


@pytest.mark.parametrize("who", ["cem", "uwe", "vera", "gero", "ede", "karl", "bert", "frida"])
def test_who_has_no_grant_gets_what_an_absent_file_gives(people, client_of, case, who, trail):
    assert client_of(people[who]).get(page(case.number)).status_code == 404
    assert client_of(people[who]).get(page("2026-99999")).status_code == 404
    assert trail("read.file") == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.REFERRED])
def test_file_opens_in_every_state(people, alma, state, words):
    made = case_for(people.alma, state=state)
    assert made.number in words(alma.get(page(made.number)))


def test_file_that_nobody_leads_says_so(people, client_of, act_as, now, words):
    """The prison's social service refers; the case waits for the lead of the team to allocate it."""
    with act_as(people.hanna) as actor:
        case = refer_person(
            actor=actor,
            person=Person(surname="Eibisch"),
            prison_id=people.hanna.institution_id,
            referred_on=day_of(now),
            source="SOCIAL_SERVICE",
            now=now,
        )
        number = case.dossier.number
    said = words(client_of(people.hanna).get(page(number)))
    assert "Fallführung klären" in said and "Erstgespräch führen" in said


def test_next_steps_are_the_tasks_of_the_case_and_nothing_stands_twice(alma, case, words):
    for number in range(9):
        alma.post(
            reverse("tasks", args=[case.number]),
            {"formular": "add", "title": f"Aufgabe {number}", "due_on": f"+{number}"},
        )
    answer = alma.get(page(case.number))
    said, steps = words(answer), answer.context["steps"]
    asking = sum(len(group.lines) for group in alma.get(reverse("tasks", args=[case.number])).context["groups"])
    assert len(steps) == 8 and f"und {asking - 8} weitere" in said and "alle Aufgaben" in said
    titles = [line.step.title for line in steps]
    assert titles[0] == "Erstes Profiling" and "4 Wochen nach der Aufnahme" in said
    own = steps[titles.index("Aufgabe 0")]
    assert own.task == own.url and "fester Tag" in said
    assert len(titles) == len(set(titles))


def test_file_without_a_release_date_says_so(people, alma, words):
    made = case_for(people.alma, planned_on=None)
    said = words(alma.get(page(made.number)))
    assert "Entlassung noch unbekannt" in said and "Entlassungstermin eintragen" in said


def test_buttons_are_those_of_the_reader(people, client_of, case, words):
    said = words(client_of(people.jan).get(page(case.number)))
    assert "Ruhen, abschließen" not in said and "ansehen" in said
    assert "bearbeiten" in words(client_of(people.hanna).get(page(case.number)))


def test_timeline_is_a_fragment(alma, case, words):
    answer = alma.get(page(case.number), headers={"HX-Request": "true", "HX-Target": "timeline"})
    assert answer.content.decode().strip().startswith('<div id="timeline">') and "Aufgenommen" in words(answer)


def test_competent_offices_follow_from_the_future_residence(people, alma, case, words):
    url = reverse("person", args=[case.number])
    form = alma.get(url).context["form"]
    alma.post(url, {**{name: form[name].value() or "" for name in form.fields}, "residence_district": "05122"})
    assert "JC Solingen" in words(alma.get(page(case.number)))


def test_file_with_everything_takes_three_statements_more(people, alma, act_as, now, statements):
    """Outcomes once there is a release, and the offices of a known district."""
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        plan(actor, made, now, goals=2, steps=2)
        refer(actor, made, now, count=2)
        outcome(actor, made, now, 0)
        outcome(actor, made, now, 3)
    url = reverse("person", args=[made.number])
    form = alma.get(url).context["form"]
    alma.post(url, {**{name: form[name].value() or "" for name in form.fields}, "residence_district": "05122"})
    contact(alma, made.number)
    alma.get(page(made.number))
    with statements() as count:
        answer = alma.get(page(made.number))
    assert count() == 9
    assert "JC Solingen" in answer.content.decode() and "Schritt 2.2" in answer.content.decode()


def contact(alma, number: str) -> None:
    entered = {"happened_on": "heute", "kind": "TALK", "outcome": "MET", "initiative": "STAFF"}
    alma.post(reverse("contacts", args=[number]), {"formular": "contact", **entered})


@pytest.mark.parametrize("contacts", [1, 3])
def test_file_takes_the_same_statements_for_one_contact_and_three(alma, case, statements, contacts):
    for _ in range(contacts):
        contact(alma, case.number)
    alma.get(page(case.number))
    with statements() as count:
        alma.get(page(case.number))
    assert count() == 7
