"""Verbleib: fixed points, unknown is a value."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
WORK = {"category": "INSURED_FULL_TIME", "source": "Betrieb"}


@pytest.fixture
def url(people):
    """Released on 4 May 2026: all three points have passed on 23 November."""
    return reverse("outcomes", args=[case_for(people.alma, state=State.AFTERCARE).number])


def test_points_after_release(alma, url, words):
    said = words(alma.get(url))
    for point in ("am Tag der Entlassung", "3 Monate nach der Entlassung", "6 Monate nach der Entlassung"):
        assert point in said
    assert "Stichtag 04.11.2026" in said


def test_work_and_unknown_are_recorded(alma, url, words):
    assert alma.post(url, {"formular": "record", "point": "6", **WORK}).status_code == 303
    assert alma.post(url, {"formular": "record", "point": "3", "category": "UNKNOWN"}).status_code == 303
    said = words(alma.get(url))
    assert "Vollzeit" in said and "nicht bekannt" in said and "Betrieb" in said


def test_a_known_outcome_names_its_source(alma, url):
    answer = alma.post(url, {"formular": "record", "point": "6", "category": "UNEMPLOYED"})
    assert answer.status_code == 422 and list(answer.context["record"].errors) == ["source"]


def test_a_recorded_outcome_is_corrected_on_its_own_page_and_struck_through_once_void(alma, url, words):
    alma.post(url, {"formular": "record", "point": "3", "category": "UNKNOWN"})
    entry = reverse("entry", args=[url.split("/")[2], "verbleib", 1])
    assert entry in alma.get(url).content.decode()
    assert alma.post(entry, {"formular": "void", "version": 1, "because": "Verwechslung"}).status_code == 303
    said = words(alma.get(url))
    assert "Verwechslung" in said and "<s>" in alma.get(url).content.decode()
    assert alma.post(url, {"formular": "record", "point": "3", **WORK}).status_code == 303


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "record"}
    answer = alma.post(url, {"formular": "record", "point": "6"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="record"')


def test_before_the_release_there_is_nothing_to_record(alma, case, words):
    page = reverse("outcomes", args=[case.number])
    assert "Noch nicht entlassen" in words(alma.get(page))
    answer = alma.post(page, {"formular": "record", "point": "0", **WORK})
    assert answer.status_code == 403 and "erst nach der bestätigten Entlassung" in words(answer)


def test_readers_are_refused_and_others_see_nothing(people, client_of, url):
    assert client_of(people.jan).post(url, {"formular": "record", "point": "6", **WORK}).status_code == 403
    assert client_of(people.cem).get(url).status_code == 404
