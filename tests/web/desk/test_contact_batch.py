"""A day in the wing entered at once: all or nothing, own cases only, nothing typed is lost."""

import pytest
from django.urls import reverse

from ina.monitoring.models import Contact
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture
def url():
    return reverse("contact_batch")


def sent(*cases, **more):
    lines = {"happened_on": "heute", "kind": "TALK", "place": "Haus B"}
    for place, made in enumerate(cases, start=1):
        lines |= {f"case_{place}": made.case_id, f"outcome_{place}": "MET", f"content_{place}": f"Gespräch {place}"}
    return lines | more


def contacts(act_as, person):
    with act_as(person) as actor:
        return [(row.case_id, row.content, row.place) for row in Contact.objects.visible_to(actor).order_by("pk")]


def test_three_people_in_one_go(people, client_of, act_as, url):
    one, two, three = (case_for(people.alma) for _ in range(3))
    client = client_of(people.alma)
    assert url in client.get(reverse("week")).content.decode()
    assert client.post(url, sent(one, two, three)).status_code == 303
    assert contacts(act_as, people.alma) == [
        (one.case_id, "Gespräch 1", "Haus B"),
        (two.case_id, "Gespräch 2", "Haus B"),
        (three.case_id, "Gespräch 3", "Haus B"),
    ]


@pytest.mark.parametrize(
    "wrong", [{"happened_on": "+3"}, {"kind": "GIBTS"}, {"minutes_2": "5000"}, {"content_3": "wer?"}, {"case_2": "1"}]
)
def test_one_wrong_line_and_none_is_entered(wrong, people, client_of, act_as, url):
    one, two = (case_for(people.alma) for _ in range(2))
    answer = client_of(people.alma).post(url, sent(one, two, **wrong))
    assert answer.status_code == 422 and "Gespräch 1" in answer.content.decode()
    assert contacts(act_as, people.alma) == []


def test_nobody_twice_and_somebody_at_all(people, client_of, act_as, url):
    one = case_for(people.alma)
    client = client_of(people.alma)
    assert client.post(url, sent(one, one)).status_code == 422
    assert client.post(url, sent()).status_code == 422
    assert contacts(act_as, people.alma) == []


def test_cases_of_others_are_not_offered(people, client_of, act_as, url):
    other = case_for(people.cem, surname="Ackerwinde")
    client = client_of(people.alma)
    assert "Ackerwinde" not in client.get(url).content.decode()
    assert client.post(url, sent(other)).status_code == 422
    assert contacts(act_as, people.cem) == []
    assert client_of(people.jan).get(url).status_code == 403
