"""Aufnahmebogen: section by section, as far as a reader's compartments go; as a sheet of paper."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
ENFORCEMENT = {
    "formular": "enforcement",
    "version": "0",
    "refers_on": "02.03.2026",
    "source": "Vollstreckungsblatt",
    "kind": "SENTENCE",
    "begins_on": "1.9.24",
    "two_thirds_on": "1.5.27",
    "ends_on": "1.3.28",
    "stance_57": "FOR",
    "supervision": "PROBATION",
    "work_permit": "YES",
    "deportation": "NO",
}
BENEFITS = {"formular": "benefits", "version": "0", "refers_on": "heute", "benefit_before": "ALG1", "debts": "YES"}


@pytest.fixture
def made(people):
    return case_for(people.alma, state=State.SCREENING)


@pytest.fixture
def url(made):
    return reverse("intake", args=[made.number])


def test_a_section_is_kept_and_told_with_its_day_and_its_author(alma, url, words):
    assert words(alma.get(url)).count("noch nicht gefragt") >= 6
    assert alma.post(url, ENFORCEMENT).headers["Location"] == f"{url}#enforcement"
    said = words(alma.get(url))
    assert "Stand vom 02.03.2026, eingetragen von Alma Ahorn am 23.11.2026" in said
    assert "Freiheitsstrafe" in said and "Strafende 01.03.2028" in said and "befürwortet" in said


def test_the_day_is_proposed_as_the_day_of_the_referral(alma, url):
    assert alma.get(url).context["situation"]["refers_on"].value() == "02.03.2026"


def test_what_cannot_be_stays_in_its_form(alma, url, words):
    answer = alma.post(url, ENFORCEMENT | {"ends_on": "1.1.20"})
    assert answer.status_code == 422 and "Strafende liegt vor: Zwei Drittel." in words(answer)
    assert 'value="Vollstreckungsblatt"' in answer.content.decode()
    assert not answer.context["benefits"].is_bound


def test_somebody_was_faster(alma, url, words):
    assert alma.post(url, BENEFITS | {"remark": "Miete"}).status_code == 303
    shown = {"initial-remark": "", "initial-debts": "UNKNOWN", "initial-refers_on": "02.03.2026"}
    answer = alma.post(url, BENEFITS | shown | {"remark": "Strom"})
    assert answer.status_code == 409 and "Miete" in words(answer) and "Strom" in words(answer)


def test_fragment_is_the_form_alone(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "benefits"}
    answer = alma.post(url, BENEFITS | {"refers_on": "+1"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="benefits"')
    assert "liegt in der Zukunft" in answer.content.decode()


@pytest.mark.parametrize(
    ("which", "kind", "status"),
    [("ends_on", "Strafende", "plausibel"), ("two_thirds_on", "Zwei-Drittel-Zeitpunkt", "möglich")],
)
def test_a_day_of_the_sheet_becomes_a_claim_by_one_click(alma, people, words, which, kind, status):
    made = case_for(people.alma, state=State.SCREENING, planned_on=None)
    url = reverse("intake", args=[made.number])
    alma.post(url, ENFORCEMENT)
    offered = alma.get(url).context["claim"].claims
    assert set(offered) == {"ends_on", "two_thirds_on"} and f"({status})" in offered[which]
    assert alma.post(url, {"formular": "claim", "which": which}).status_code == 303
    assert set(alma.get(url).context["claim"].claims) == {"ends_on", "two_thirds_on"} - {which}
    assert kind in words(alma.get(reverse("release_dates", args=[made.number])))
    assert alma.post(url, {"formular": "claim", "which": which}).status_code == 422


def test_a_day_that_contradicts_what_is_known_is_refused_with_the_reason(alma, url, words):
    alma.post(url, ENFORCEMENT)
    answer = alma.post(url, {"formular": "claim", "which": "two_thirds_on"})
    assert answer.status_code == 422 and "Strafende" in " ".join(answer.context["claim"].non_field_errors())


@pytest.mark.parametrize(
    ("who", "hidden"),
    [("jan", ["Gesundheit"]), ("hanna", ["Gesundheit", "Leistungen und Schulden", "Angaben für den ESF"])],
)
def test_readers_see_the_sections_of_their_compartments(people, client_of, url, words, who, hidden):
    client = client_of(people[who])
    for page in (url, f"{url}drucken/"):
        said = words(client.get(page))
        assert "Schule, Ausbildung, Arbeit" in said and not [title for title in hidden if title in said]


def test_the_social_service_fills_its_sections(people, client_of, url):
    hanna = client_of(people.hanna)
    page = hanna.get(url)
    assert page.context["enforcement"] is not None and "benefits" not in page.context["shown"]
    assert hanna.post(url, ENFORCEMENT).status_code == 303
    assert hanna.post(url, BENEFITS).status_code == 404


def test_leads_read_and_others_find_nothing(people, client_of, alma, url, words):
    alma.post(url, ENFORCEMENT)
    jan = client_of(people.jan)
    said = words(jan.get(url))
    assert "Strafende 01.03.2028" in said and "füllen Fallführung und Sozialdienst aus" in said
    assert jan.post(url, ENFORCEMENT | {"version": "1"}).status_code == 403
    assert client_of(people.cem).get(url).status_code == 404
    assert client_of(people.cem).get(f"{url}drucken/").status_code == 404


def test_the_sheet_of_paper_is_filled_or_empty(alma, url, words, made):
    alma.post(url, ENFORCEMENT)
    filled = alma.get(f"{url}drucken/")
    assert "01.03.2028" in words(filled) and "Freiheitsstrafe (angekreuzt)" in words(filled)
    assert f"<title>Blatt A {made.number}</title>" in filled.content.decode()
    empty = words(alma.get(f"{url}drucken/?leer"))
    assert "01.03.2028" not in empty and "(angekreuzt)" not in empty and "Freiheitsstrafe" in empty
    assert "Gedruckt am 23.11.2026, 12:00 von Alma Ahorn" in empty


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_statements_for_one_section_and_three(alma, url, statements, rows):
    for section in (
        BENEFITS,
        ENFORCEMENT,
        {"formular": "esf", "version": "0", "refers_on": "heute"}
        | dict.fromkeys(("third_country", "foreign_background", "minority", "disability", "homeless"), "UNKNOWN"),
    )[:rows]:
        assert alma.post(url, section).status_code == 303
    alma.get(url)
    with statements() as count:
        alma.get(url)
    assert count() == 26
