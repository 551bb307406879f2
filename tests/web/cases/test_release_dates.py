"""Termine: claims, possible days, how the planning date moved, the release itself."""

from datetime import date

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
CONFIRM = {"formular": "confirm", "released_on": "20.11.2026", "residence_town": "Solingen"}


@pytest.fixture
def url(case):
    return reverse("release_dates", args=[case.number])


def test_what_is_said_and_what_counts(alma, url, words):
    said = words(alma.get(url))
    assert "01.03.2027 noch 98 Tage Strafende Planungstermin plausibel Vollstreckungsblatt" in said
    assert "Wie sich der Planungstermin bewegt hat" in said and "gilt jetzt" in said


def test_possible_days_lead_to_the_filled_form(people, alma, words):
    made = case_for(people.alma, planned_on=date(2027, 12, 25))
    page = alma.get(reverse("release_dates", args=[made.number]))
    assert "21.12.2027 Werktag vor Wochenende oder Feiertagen" in words(page)
    address = f"{reverse('release_preview', args=[made.number])}?on=21.12.2027&kind=WEEKEND_HOLIDAY"
    assert address.replace("&", "&amp;") in page.content.decode()
    form = alma.get(address).context["form"]
    assert (form["on"].value(), form["kind"].value()) == ("21.12.2027", "WEEKEND_HOLIDAY")


def test_planning_date_of_a_past_day(alma, url, words):
    assert "Am 03.03.2026 war der 01.03.2027 der Planungstermin." in words(alma.get(url, {"am": "3.3.2026"}))
    assert "Am 01.03.2026 gab es keinen Planungstermin." in words(alma.get(url, {"am": "1.3.2026"}))
    wrong = alma.get(url, {"am": "morgen"})
    assert wrong.status_code == 200 and "liegt in der Zukunft" in words(wrong)


def test_release_far_from_the_plan_is_asked_about_once_more(alma, case, url, words):
    asked = alma.post(url, CONFIRM)
    assert asked.status_code == 422 and "101 Tage vor dem Planungstermin 01.03.2027" in words(asked)
    answer = alma.post(url, CONFIRM | {"sure": "on", "release_type": "PROBATION"})
    assert answer.status_code == 303
    said = words(alma.get(answer["Location"]))
    assert "seit Fr., 20.11.2026" in said and "Nachsorge bis 20.05.2027" in said and "Solingen gesichert" in said
    page = alma.get(url)
    assert page.context["decide"] is None and "Entlassen am 20.11.2026" in words(page)


def test_release_near_the_plan_is_not_asked_about(people, alma):
    made = case_for(people.alma, planned_on=date(2026, 11, 27))
    url = reverse("release_dates", args=[made.number])
    assert 'name="sure"' in alma.get(url).content.decode() and "Der Tag stimmt" not in alma.get(url).content.decode()
    assert alma.post(url, CONFIRM).status_code == 303


@pytest.mark.parametrize(("on", "words_"), [("+1", "Zukunft"), ("1.3.2026", "vor dem letzten Ereignis")])
def test_impossible_days_of_release(on, words_, alma, url, words):
    answer = alma.post(url, CONFIRM | {"released_on": on, "sure": "on"})
    assert answer.status_code == 422 and words_ in words(answer)


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "confirm"}
    answer = alma.post(url, CONFIRM | {"released_on": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="confirm"')


def test_social_service_states_dates_and_confirms_no_release(people, client_of, url):
    hanna = client_of(people.hanna)
    page = hanna.get(url)
    assert page.context["confirm"] is None and page.context["decide"] is not None
    assert hanna.post(url, CONFIRM).status_code == 403


def test_without_a_claim_nothing_can_fall_away(people, alma, words):
    made = case_for(people.alma, planned_on=None)
    page = alma.get(reverse("release_dates", args=[made.number]))
    assert page.context["drop"] is None and "Niemand hat bisher einen Tag genannt" in words(page)


def test_the_lead_reads_and_enters_nothing(people, client_of, url, words):
    page = client_of(people.jan).get(url)
    assert page.context["may_state"] is False and "Termin eintragen" not in words(page)


def test_after_the_release_no_prognosis(people, alma):
    made = case_for(people.alma, state=State.AFTERCARE)
    page = alma.get(reverse("release_dates", args=[made.number]))
    assert page.context["decide"] is None and page.context["possible"] == []


@pytest.mark.parametrize("claims", [1, 3])
def test_statements_do_not_grow_with_claims(claims, people, alma, statements):
    made = case_for(people.alma)
    for number in range(claims - 1):
        alma.post(
            reverse("release_preview", args=[made.number]),
            {"formular": "state", "on": f"{number + 2}.2.2027", "kind": "OTHER", "status": "POSSIBLE", "source": "x",
             "asserted_on": "heute"},
        )  # fmt: skip
    url = reverse("release_dates", args=[made.number])
    alma.get(url)
    with statements() as count:
        assert len(alma.get(url).context["claims"]) == claims
    assert count() == 11
