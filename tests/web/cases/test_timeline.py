"""Everything that happened on one page, narrowed and printed; only what its reader may see."""

import pytest
from django.urls import reverse

from tests.factories.everything import everything_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture
def made(people, moment):
    return everything_for(people, moment)


def lines(client, made, **asked):
    answer = client.get(reverse("timeline", args=[made.number]), asked)
    assert answer.status_code == 200
    return answer.context["entries"]


def test_of_every_module_and_in_order(people, client_of, made):
    found = lines(client_of(people.alma), made)
    kinds = {entry.of for entry in found}
    assert {"kontakt", "krisenschritt", "antragsstand"} <= kinds
    assert [entry.on for entry in found] == sorted((entry.on for entry in found), reverse=True)


def test_narrowed_by_kind_day_and_word(people, client_of, made):
    alma = client_of(people.alma)
    every = lines(alma, made)
    assert {entry.of for entry in lines(alma, made, art="kontakt")} == {"kontakt"}
    assert lines(alma, made, wort="VERSCHLAFEN") and lines(alma, made, wort="gibt es nicht") == []
    day = every[0].on
    assert {entry.on for entry in lines(alma, made, von=f"{day:%d.%m.%Y}", bis=f"{day:%d.%m.%Y}")} == {day}
    assert lines(alma, made, art="<script>") == every
    assert lines(alma, made, von="31.02.2026") == every


def test_each_reader_sees_their_own(people, client_of, made):
    hers = {(entry.of, entry.title) for entry in lines(client_of(people.hanna), made)}
    everything = {(entry.of, entry.title) for entry in lines(client_of(people.alma), made)}
    assert hers < everything
    assert client_of(people.cem).get(reverse("timeline", args=[made.number])).status_code == 404
