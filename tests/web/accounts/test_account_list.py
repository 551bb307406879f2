"""Konten: search by POST, filters by what is to be done, pages, empty answers."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from ina.accounts.models import Invitation, Membership, User
from ina.accounts.operations import invitations, positions
from ina.accounts.overview import Standing, list_accounts

pytestmark = pytest.mark.django_db
ADDRESS = "/konten/"


@pytest.fixture
def gero(people, client_of, clock):
    return client_of(people.gero)


@pytest.fixture
def invited(people, now):
    """Erika, invited and not yet there."""
    return invitations.invite_person(
        actor=people.gero.actor,
        now=now,
        username="erika",
        display_name="Erika Erle",
        positions=[positions.Position("CASE_MANAGER", people.alma.institution_id, starts_on=now.date())],
    )


def names(answer) -> list[str]:
    assert answer.status_code == 200
    return [row.username for row in answer.context["page"].rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [("ahorn", ["alma"]), ("Kriminolog", ["ede"]), ("netzwerk", ["nils"]), ("hwk düsseldorf", ["frida"]), ("xyz", [])],
)
def test_search_by_name_role_and_institution(gero, words, found):
    assert names(gero.post(ADDRESS, {"q": words})) == found


def test_what_is_searched_for_stands_in_no_address(gero):
    assert len(names(gero.get(ADDRESS, {"q": "ahorn"}))) == 21
    assert "ahorn" not in gero.post(ADDRESS, {"q": "ahorn"}).headers.get("HX-Push-Url", "")


def test_filters_of_role_and_institution(gero):
    assert names(gero.get(ADDRESS, {"rolle": "TEAM_LEAD"})) == ["jan", "uwe"]
    assert names(gero.get(ADDRESS, {"stelle": "krimd-nrw"})) == ["ede"]
    assert names(gero.get(ADDRESS, {"rolle": "TEAM_LEAD", "stelle": "krimd-nrw"})) == []


def test_a_carrier_filters_its_own_people_only(people, client_of, clock):
    answer = client_of(people.lea).get(ADDRESS, {"stelle": "krimd-nrw"})
    assert set(names(answer)) == {"alma", "bert", "dora", "jan", "lea", "nils"}  # a choice that is none is ignored


def test_an_invitation_and_what_becomes_of_it(gero, invited, clock, now, people, client_of, words):
    assert names(gero.get(ADDRESS, {"stand": "eingeladen"})) == ["erika"]
    assert "bis 30.11.2026" in words(gero.get(ADDRESS, {"stand": "eingeladen"}))
    detail = words(gero.get(f"{ADDRESS}erika/"))
    assert "offen bis" in detail and "Gero Ginster" in detail and "noch nicht benutzt" in detail
    clock.set(now + timedelta(days=8))
    later = client_of(people.gero)
    assert names(later.get(ADDRESS, {"stand": "abgelaufen"})) == ["erika"]
    assert "Drucken Sie eine neue Einladung" in words(later.get(f"{ADDRESS}erika/"))


def test_a_position_that_ends_soon_is_said_before(gero, people, now, words):
    Membership.objects.filter(pk=people.bert.membership_id).update(ends_on=now.date() + timedelta(days=12))
    answer = gero.get(ADDRESS, {"stand": "endet"})
    assert names(answer) == ["bert"] and "bis 05.12.2026" in words(answer)


@pytest.mark.parametrize("second_factor", [True, False])
def test_what_a_row_says_is_what_its_filter_finds(people, invited, now, settings, second_factor):
    """One table in Python, one in SQL: here they meet, with accounts in every standing."""
    settings.INA_SECOND_FACTOR_REQUIRED = second_factor
    User.objects.filter(pk=people.bert.user_id).update(is_active=False)
    User.objects.filter(pk=people.cem.user_id).update(last_login=now)
    for member in (people.cem, people.ede):
        RecoveryCodes.activate(User.objects.get(pk=member.user_id))
    Membership.objects.filter(pk=people.frida.membership_id).update(ends_on=now.date())
    Membership.objects.filter(pk=people.hanna.membership_id).update(ends_on=now.date() - timedelta(days=1))
    User.objects.filter(pk=people.ilse.user_id).update(password="!")
    said = {row.username: row.standing for row in list_accounts(people.gero.actor, now=now).rows}
    assert set(said.values()) == set(Standing) - (set() if second_factor else {Standing.WITHOUT_FACTOR})
    for standing in Standing:
        found = {row.username for row in list_accounts(people.gero.actor, standing=standing, now=now).rows}
        assert found == {name for name, each in said.items() if each is standing}, standing


def test_pages_keep_the_filter_and_the_search(gero, monkeypatch):
    monkeypatch.setattr("ina.accounts.overview.PAGE", 2)
    first = gero.post(ADDRESS, {"q": "e", "stand": ""})
    assert first.context["page"].pages > 1 and 'name="seite" value="2"' in first.content.decode()
    second = gero.post(ADDRESS, {"q": "e", "seite": "2"})
    assert set(names(first)).isdisjoint(names(second)) and 'name="q" value="e"' in second.content.decode()


def test_nothing_found_leads_back(gero, words):
    answer = gero.post(ADDRESS, {"q": "gibtesnicht"})
    assert "Kein Konto passt dazu" in words(answer) and "Alle Konten" in words(answer)


def test_fragment_is_the_same_part_of_the_page(gero):
    part = gero.post(ADDRESS, {"q": "ahorn"}, headers={"HX-Request": "true", "HX-Target": "konten"}).content.decode()
    assert part.strip().startswith('<div id="konten">') and "Alma" in part and "Bert" not in part


def test_shutting_an_account_can_be_taken_back(gero, people, undo_of):
    address, fields = undo_of(gero.post(f"{ADDRESS}bert/stilllegen/", follow=True))
    assert not User.objects.get(pk=people.bert.user_id).is_active
    assert gero.post(address, fields).status_code == 303
    assert User.objects.get(pk=people.bert.user_id).is_active


@pytest.mark.parametrize(("words", "rows"), [("ahorn", 1), ("beispielträger", 6)])
def test_statements_do_not_grow_with_rows(gero, statements, words, rows):
    with statements() as count:
        assert len(names(gero.post(ADDRESS, {"q": words}))) == rows
    assert count() == 11


def test_every_invitation_has_its_word(gero, invited, people, now, words):
    for _ in range(2):
        invitations.renew_invitation(actor=people.gero.actor, now=now, user_id=invited.user_id)
    Invitation.objects.filter(user=invited.user_id, revoked_at=None).update(used_at=now, revoked_at=None)
    said = words(gero.get(f"{ADDRESS}erika/"))
    assert said.count("ersetzt oder zurückgezogen") == 2 and said.count("benutzt") >= 1
