"""Zu prüfen: for those who keep entries; what is old first, one click, and back again."""

from datetime import timedelta

import pytest

from ina.institutions.operations import add_institution, verify_institution
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db
ADDRESS = "/einrichtungen/pruefen/"


@pytest.fixture
def partners(people, now):
    """Three partners: one that Nils's carrier keeps, checked long ago; one of nobody's, never checked; one fresh."""
    actor = people.nils.actor
    made = [
        add_institution(actor=actor, now=now, kind="PROVIDER", name=name, source="Anruf", kept_by_key=kept_by)
        for name, kept_by in (("Alte Beratung", "traeger-beispiel"), ("Neue Beratung", ""), ("Frische Beratung", ""))
    ]
    for one, days in ((made[0], 400), (made[2], 10)):
        verify_institution(actor=actor, now=now - timedelta(days=days), institution_id=one.pk, version=1)
    return made


@pytest.fixture
def nils(people, client_of, clock):
    return client_of(people.nils)


def names(answer) -> list[str]:
    assert answer.status_code == 200
    return [each.name for each in answer.context["page"].entries]


def test_only_what_somebody_may_keep_is_asked_of_them(people, client_of, partners, clock):
    client = client_of(people.nils)
    assert {"Alte Beratung", "Neue Beratung"} <= set(names(client.get(ADDRESS)))
    assert all(
        each.kind in ("FIRM", "PROVIDER", "PROBATION", "OTHER") for each in client.get(ADDRESS).context["page"].entries
    )
    assert client_of(people.alma).get(ADDRESS).status_code == 403


def test_old_ones_come_first_and_fresh_ones_not_at_all(nils, partners, words):
    found = names(nils.get(ADDRESS))
    assert found[0] == "Alte Beratung" and "Frische Beratung" not in found
    assert "bitte prüfen" in words(nils.get(ADDRESS)) and "vor 13 Monaten" in words(nils.get(ADDRESS))


def test_the_own_ones(nils, partners, words):
    answer = nils.get(ADDRESS, {"von": "eigene"})
    assert names(answer) == ["Alte Beratung"] and "die Ihre Stelle pflegt (1)" in words(answer)


def test_one_click_leads_back_to_the_list_and_can_be_taken_back(nils, partners, undo_of, words):
    one = get_institution(partners[0].key)
    answer = nils.post(f"/einrichtungen/{one.key}/geprueft/", {"version": one.version, "von": "eigene"})
    assert answer.headers["Location"] == f"{ADDRESS}?von=eigene"
    after = nils.get(answer.headers["Location"])
    assert "gilt als heute geprüft" in words(after) and "Alles ist geprüft" in words(after)
    address, fields = undo_of(after)
    assert nils.post(address, fields).headers["Location"] == f"{ADDRESS}?von=eigene"
    assert names(nils.get(ADDRESS, {"von": "eigene"})) == ["Alte Beratung"]


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_rows(nils, people, now, statements, count):
    before = len(names(nils.get(ADDRESS)))
    for number in range(count):
        add_institution(actor=people.nils.actor, now=now, kind="PROVIDER", name=f"Probe {number}", source="Anruf")
    with statements() as asked:
        assert len(names(nils.get(ADDRESS))) == before + count
    assert asked() == 14


def test_nonsense_in_the_address_is_ignored(nils, partners):
    assert names(nils.get(ADDRESS, {"von": "x", "seite": "x"}))
