"""Integrationsplan: goals, steps, what became of them, and the way of a version, all in place."""

import pytest
from django.urls import reverse

from ina.planning.enums import PlanState
from ina.planning.models import IntegrationPlan, PlanStep
from tests.factories.plans import planned_case

pytestmark = pytest.mark.django_db
GOAL = {
    "formular": "goal",
    "wording_person": "Ich will gleich arbeiten.",
    "key_group": "QUALIFICATION",
    "part": "CAREER",
    "priority": "HIGH",
    "target_on": "01.03.2027",
}
STEP = {"formular": "step", "what": "Mappe fertigstellen", "owner": "PARTICIPANT", "due_on": "+10"}


@pytest.fixture
def url(case):
    return reverse("plan", args=[case.number])


@pytest.fixture
def planned(alma, url):
    assert alma.post(url, GOAL).status_code == 303
    assert alma.post(f"{url}?bearbeiten=1", STEP).status_code == 303
    return url


def test_empty_plan_asks_for_the_persons_words(alma, url, words):
    page = alma.get(url)
    assert "schreiben Sie es in ihren Worten auf" in words(page)
    assert page.context["step"] is None and page.context["judge"] is None and page.context["picture"] is None


def test_goal_and_step_are_shown(alma, planned, words):
    page = alma.get(planned)
    said = words(page)
    assert "„Ich will gleich arbeiten.“" in said and "1.1 Mappe fertigstellen" in said and "Fassung 1" in said
    assert [lane.number for lane in page.context["picture"].lanes] == [1]
    assert "Bis zum nächsten Stand" not in said  # a goal is there: it can be discussed


def test_a_step_from_the_release_says_so_and_pays(alma, planned, words):
    more = {"what": "Eingliederungszuschuss", "due_on": "", "offset": "3 Wochen", "before": "on", "instrument": "EGZ"}
    assert alma.post(f"{planned}?bearbeiten=1", STEP | more).status_code == 303
    said = words(alma.get(planned))
    assert "3 Wochen vor der Entlassung" in said and "bis 08.02.2027" in said and "Eingliederungszuschuss" in said


def test_step_done_and_dropped(alma, planned, words):
    alma.post(f"{planned}?bearbeiten=1", STEP | {"what": "Führerschein"})
    done = {"formular": "complete", "version": "1", "done_on": "heute", "result": "liegt vor"}
    assert alma.post(f"{planned}?bearbeiten=1.1", done).status_code == 303
    dropped = {"formular": "complete", "version": "1", "done_on": "heute", "dropped": "on"}
    without_reason = alma.post(f"{planned}?bearbeiten=1.2", dropped)
    assert without_reason.status_code == 422 and "Bitte nennen Sie den Grund" in words(without_reason)
    assert alma.post(f"{planned}?bearbeiten=1.2", dropped | {"result": "entzogen bis 2028"}).status_code == 303
    said = words(alma.get(planned))
    assert "erledigt" in said and "liegt vor" in said and "entfallen" in said


def test_goal_is_judged_with_a_reason(alma, planned, words):
    judged = {"formular": "judge", "version": "1", "status": "PARTLY", "status_on": "heute"}
    there = f"{planned}?bearbeiten=1"
    assert alma.post(there, judged).status_code == 422
    assert alma.post(there, judged | {"reason": "Teilzeit gefunden"}).status_code == 303
    said = words(alma.get(planned))
    assert "teilweise erreicht" in said and "Teilzeit gefunden" in said
    assert alma.get(there).context["step"] is None


def test_two_who_change_a_step_at_once(alma, planned, words):
    there = f"{planned}?bearbeiten=1.1"
    change = {"formular": "edit_step", "version": "1", "what": "Mappe und Foto", "owner": "PARTICIPANT"}
    assert alma.post(there, change).status_code == 303
    answer = alma.post(there, change | {"what": "Mappe ohne Foto"})
    assert answer.status_code == 409 and "Mappe ohne Foto" in answer.content.decode()
    assert "Mappe und Foto" in words(answer)


def test_application_is_entered_in_place(alma, planned, words):
    applied = {"formular": "application", "version": "1", "applied_on": "-3", "decision": "GRANTED", "decided_on": "-1"}
    assert alma.post(f"{planned}?bearbeiten=1.1", applied).status_code == 303
    assert "bewilligt" in words(alma.get(planned))


def test_order_is_changed(alma, planned):
    alma.post(f"{planned}?bearbeiten=1", STEP | {"what": "zweiter"})
    assert alma.post(f"{planned}?bearbeiten=1.2", {"formular": "move", "up": "1"}).status_code == 303
    (line,) = alma.get(planned).context["lines"]
    assert [one["step"].number for one in line["steps"]] == [2, 1]


def test_views_narrow_the_list(alma, planned):
    alma.post(planned, GOAL | {"wording_person": "Ich halte durch.", "part": "AFTERCARE"})
    shown = {
        view: [line["goal"].number for line in alma.get(f"{planned}?ansicht={view}").context["lines"]]
        for view in ("", "vollzug", "berufsweg", "nachsorge", "offen")
    }
    assert shown == {"": [1, 2], "vollzug": [], "berufsweg": [1], "nachsorge": [2], "offen": [1]}


def test_wrong_input_stays(alma, url):
    answer = alma.post(url, GOAL | {"target_on": "01.01.2020"})
    assert answer.status_code == 422 and "Ich will gleich arbeiten." in answer.content.decode()


@pytest.mark.parametrize(("query", "form", "sent"), [("", "goal", GOAL), ("?bearbeiten=1", "step", STEP)])
def test_fragment(alma, planned, query, form, sent):
    headers = {"HX-Request": "true", "HX-Target": form}
    answer = alma.post(planned + query, sent | {"wording_person": "", "what": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith(f'<form id="{form}"')


def test_from_draft_to_force_on_the_page(alma, planned, words):
    day = {"version": "", "on": "heute", "signed_on": "heute", "held_on": "heute"}

    def act(name, **more):
        version = IntegrationPlan.objects.unscoped(because="a test").order_by("-pk").first().version
        return alma.post(planned, day | {"formular": name, "version": str(version)} | more)

    assert act("in_force").status_code == 403
    assert act("discuss").status_code == 303
    assert "fehlt: die Antwort der Person" in words(alma.get(planned))
    assert act("answer", answer="NO").status_code == 422
    assert act("answer", answer="NO", because="zu früh").status_code == 303
    assert act("answer", answer="YES").status_code == 303
    assert "Unterschrift der Fallführung" in words(alma.get(planned))
    assert act("in_force").status_code == 422
    assert act("sign").status_code == 303 and act("in_force").status_code == 303
    page = alma.get(planned)
    assert "in Kraft seit" in words(page) and "„ja“" in words(page)
    assert page.context["goal"] is None and page.context["edit_goal"] is None
    assert act("review", finding="geht so weiter").status_code == 303
    assert act("acknowledge").status_code == 303
    opened = act("open", changes="Führerschein")
    assert opened["Location"].endswith("?fassung=2")
    draft = alma.get(f"{planned}?fassung=2&bearbeiten=1")
    assert draft.context["edit_goal"] and draft.context["judge"] is None
    assert alma.get(f"{planned}?bearbeiten=1").context["judge"]
    assert alma.get(f"{planned}?fassung=9").status_code == 404


def test_what_has_to_be_applied_for_before_it_begins_says_so(alma, planned, words):
    here = f"{planned}?bearbeiten=1"
    assert alma.post(here, STEP | {"instrument": "FBW", "starts_on": "heute"}).status_code == 303
    said = words(alma.get(planned))
    assert "noch kein Antrag" in said and "Beginn der Maßnahme (Beratung und Bildungsgutschein)" in said
    last = alma.get(planned).context["lines"][0]["steps"][-1]["step"]
    sent = {"formular": "application", "version": str(last.version), "applied_on": "heute"}
    assert alma.post(f"{planned}?bearbeiten=1.{last.number}", sent).status_code == 303
    said = words(alma.get(planned))
    assert "erst nach dem Beginn beantragt" in said and "noch kein Antrag" not in said


@pytest.mark.parametrize(("goals", "steps"), [(1, 1), (12, 5)])
def test_statements_do_not_grow_with_the_plan(people, alma, now, case, url, statements, goals, steps):
    planned_case(people.alma, now, PlanState.IN_FORCE, goals=goals, steps=steps, made=case)
    alma.get(url)
    with statements() as seen:
        page = alma.get(url)
    assert len(page.context["lines"]) == goals and seen() == 7
    assert PlanStep.objects.unscoped(because="a test").count() == goals * steps


def test_readers_are_refused_and_others_see_nothing(people, client_of, planned):
    hanna = client_of(people.hanna)
    assert hanna.get(planned).status_code == 200 and hanna.get(planned).context["goal"] is None
    assert hanna.post(planned, GOAL).status_code == 403
    assert client_of(people.cem).get(planned).status_code == 404
