"""Angaben zur Person: corrections, and two people who correct at once."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case):
    return reverse("person", args=[case.number])


def shown(client, url) -> dict:
    """What the browser would send back unchanged, the values that the form showed at first included."""
    form = client.get(url).context["form"]
    posted = {}
    for bound in form:
        value = bound.value()
        posted[bound.html_name] = "" if value is None else value
        if bound.field.show_hidden_initial:
            posted[bound.html_initial_name] = posted[bound.html_name]
    return posted


def test_correction_is_saved(alma, url, case, words):
    answer = alma.post(url, shown(alma, url) | {"given_name": "Robert", "residence_district": "05122"})
    assert answer.status_code == 303
    assert "Robert Beinwell" in words(alma.get(answer["Location"])) and "JC Solingen" in words(alma.get(url))


def test_what_cannot_be_stays(alma, url, words):
    answer = alma.post(url, shown(alma, url) | {"born_on": "+2", "birth_place": "Düren"})
    assert answer.status_code == 422 and "liegt in der Zukunft" in words(answer) and "Düren" in answer.content.decode()


def test_somebody_was_faster_and_nothing_typed_is_lost(people, alma, client_of, url, words):
    mine = shown(alma, url) | {"given_name": "Robert", "birth_place": "Düren"}
    hanna = client_of(people.hanna)
    assert hanna.post(url, shown(hanna, url) | {"given_name": "Ruprecht"}).status_code == 303
    answer = alma.post(url, mine)
    said = words(answer)
    assert answer.status_code == 409 and f"{people.hanna.name} hat das hier" in said
    assert "Ihre Eingaben sind noch da" in said and "Meine Änderungen verwerfen" in said
    assert "Ruprecht" in said and "Robert" in said and "nur von Ihnen geändert" in said
    again = {name: value for name, value in answer.context["form"].data.items() if not name.startswith("csrf")}
    assert alma.post(url, again | {"use-given_name": "entered"}).status_code == 303
    kept = words(alma.get(reverse("file", args=[url.split("/")[2]])))
    assert "Robert Beinwell" in kept


def test_what_only_the_other_one_changed_is_said_too(people, alma, client_of, url, words):
    mine = shown(alma, url) | {"birth_place": "Düren"}
    hanna = client_of(people.hanna)
    hanna.post(url, shown(hanna, url) | {"residence_town": "Solingen"})
    said = words(alma.post(url, mine))
    assert "nur von Ihnen geändert, wird übernommen: „Düren“" in said
    assert "von Ihnen nicht geändert, bleibt wie gespeichert: „Solingen“ vorher: leer" in said


def test_two_windows_of_the_same_person(alma, url, words):
    mine = shown(alma, url)
    alma.post(url, mine | {"birth_place": "Düren"})
    answer = alma.post(url, mine | {"birth_place": "Moers"})
    assert answer.status_code == 409 and "in einem anderen Fenster" in words(answer)


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "form"}
    answer = alma.post(url, shown(alma, url) | {"surname": "", "given_name": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="form"')


def test_team_lead_reads_without_a_form(people, client_of, url, words):
    jan = client_of(people.jan)
    page = jan.get(url)
    assert "Beinwell, Robin" in words(page) and page.context["form"] is None
    assert jan.post(url, {"surname": "x"}).status_code == 403
    assert client_of(people.cem).get(url).status_code == 404


def test_one_name_is_enough(alma, url, words):
    answer = alma.post(url, shown(alma, url) | {"surname": "", "given_name": "Mohnblume"})
    assert answer.status_code == 303
    assert "Mohnblume" in words(alma.get(reverse("case_list"))) and ", Mohnblume" not in words(alma.get(url))


def test_page_leads_to_names_representation_and_other_files(alma, url, words):
    page = alma.get(url)
    for name in ("person_names", "guardians", "same_person"):
        assert reverse(name, args=[url.split("/")[2]]) in page.content.decode()
    assert "Deutsch" in words(page)
