"""Every page of accounts: shown to whom it is for, refused or hidden to others, and never saying "Du"."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ina.accounts.models import Deputyship, Membership, User
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
SECOND_PERSON = re.compile(r"\b(du|dein\w*|dir|dich|euch|euer\w*|eure\w*)\b", re.IGNORECASE)
ADMINISTRATION = ("account_list", "account_invite", "team_list")
OF_ONE_ACCOUNT = ("account_detail", "account_rename", "position_add", "account_off_board")
# A registration by a key of this test's own, as a browser would send it.
CREDENTIAL = {
    "id": "AQEBAQEBAQEBAQEBAQEBAQ",
    "rawId": "AQEBAQEBAQEBAQEBAQEBAQ",
    "type": "public-key",
    "response": {
        "clientDataJSON": (
            "eyJ0eXBlIjogIndlYmF1dGhuLmNyZWF0ZSIsICJjaGFsbGVuZ2UiOiAiQUFBQSIsICJvcmlnaW4iOiAiaHR0cHM6Ly90ZXN0"
            "c2VydmVyIn0"
        ),
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViU69q3JHqY58lN6TBm0kw4r9mgyimONoS0ersRMfzJ8gBFAAAAAAAAAAAA"
            "AAAAAAAAAAAAAAAAEAEBAQEBAQEBAQEBAQEBAQGlAQIDJiABIVggNPCsd7eKZqFGRbV-R2XffoFLosmnQBvJ54PMzxZDgksi"
            "WCDuzcwJr-BgvTLhhWronZ66G5rqYFQN0jSSAwsQ6MFgrQ"
        ),
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
}


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


@pytest.fixture
def logged_in(people):
    """Alma by the real log-in, so that allauth knows how she came in."""
    client = Client()
    client.post("/anmelden/", {"login": "alma", "password": PASSWORD})
    return client


def words_of(answer):
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_no_page_says_du(logged_in, people, client_of):
    own = [
        "own_account", "own_deputies", "factor_setup", "account_change_password", "account_logout", "mfa_index",
        "mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn", "mfa_list_webauthn",
        "account_reauthenticate",
    ]  # fmt: skip
    pages = [logged_in.get(reverse(name)) for name in own]
    pages += [logged_in.post(reverse(name), {}) for name in ("account_change_password", "mfa_activate_totp")]
    pages.append(logged_in.post(reverse("mfa_generate_recovery_codes"), follow=True))
    pages.append(logged_in.get(reverse("mfa_download_recovery_codes")))
    pages.append(logged_in.get(reverse("mfa_reauthenticate")))
    passkey = Authenticator.objects.create(
        user_id=people.alma.user_id, type="webauthn", data={"name": "Probe", "credential": CREDENTIAL}
    )
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        pages.append(logged_in.get(reverse(name, args=[passkey.pk])))
    pages += [
        logged_in.get(reverse(name)) for name in ("mfa_reauthenticate_webauthn", "mfa_list_webauthn", "mfa_index")
    ]
    stranger = Client()
    pages += [stranger.get(reverse(name)) for name in ("account_login", "account_inactive", "invitation_code")]
    pages.append(stranger.post(reverse("account_login"), {"login": "alma", "password": "falsch"}))
    pages.append(stranger.get(reverse("invitation", args=["AAAA"])))
    pages.append(stranger.post(reverse("account_login"), {"login": "alma", "password": PASSWORD}, follow=True))
    pages.append(stranger.post(reverse("mfa_authenticate"), {"code": "1"}))
    lea = client_of(people.lea)
    pages += [lea.get(reverse(name)) for name in ADMINISTRATION]
    pages += [lea.post(reverse("account_invite"), {})]
    pages += [lea.get(reverse(name, args=["alma"])) for name in OF_ONE_ACCOUNT]
    pages += [lea.get(reverse("position_end", args=["alma", 1]))]
    pages += [lea.post(reverse("account_renew_invitation", args=["alma"]), follow=True)]
    pages += [client_of(people.gero).get(reverse("role_names"))]
    assert all(page.status_code in (200, 404, 422) for page in pages), [page.status_code for page in pages]
    for page in pages:
        found = SECOND_PERSON.search(words_of(page))
        assert not found, f"{page.request['PATH_INFO']}: {found}"
        assert "⟪" not in page.content.decode(), page.request["PATH_INFO"]


# --- the own page -------------------------------------------------------------------------------------------------


def test_own_page_shows_positions_factors_and_devices(people, client_of):
    RecoveryCodes.activate(User.objects.get(pk=people.alma.user_id))
    page = client_of(people.alma, headers={"user-agent": "Mozilla/5.0 (Windows) Firefox/140"}).get("/konto/")
    words = words_of(page)
    assert people.alma.name in words
    assert "Übergangsmanagement (Fallführung)" in words
    assert "noch 20 Codes" in words
    assert "diese Sitzung" in words


def test_position_is_switched(people, client_of):
    second = Membership.objects.create(
        user_id=people.alma.user_id,
        institution_id=people.alma.institution_id,
        role="TEAM_LEAD",
        team_id=people.alma.team_id,
        starts_on="2026-02-01",
    )
    client = client_of(people.alma)
    client.post(reverse("switch_position"), {"position": 1})
    assert client.session["membership"] == second.pk
    assert "Hier arbeiten" in words_of(client.get("/konto/"))


def test_deputy_is_appointed_and_ended_by_the_person(people, client_of):
    client = client_of(people.alma)
    answer = client.post(
        reverse("own_deputies"),
        {"deputy_id": people.bert.membership_id, "starts_on": "heute", "ends_on": "+7", "reason": "Urlaub"},
    )
    assert answer.status_code == 303, words_of(answer)
    deputyship = Deputyship.objects.get()
    assert (deputyship.deputy_id, deputyship.emergency) == (people.bert.membership_id, False)
    assert "Bert Buche" in words_of(client.get(reverse("own_deputies")))
    assert "Sie vertreten Alma Ahorn" in words_of(client_of(people.bert).get("/konto/"))
    client.post(reverse("end_own_deputy"), {"deputyship": deputyship.pk})
    deputyship.refresh_from_db()
    assert deputyship.ended_at is not None


def test_deputy_of_another_carrier_is_no_choice(people, client_of):
    answer = client_of(people.alma).post(
        reverse("own_deputies"), {"deputy_id": people.cem.membership_id, "starts_on": "heute", "ends_on": "+7"}
    )
    assert answer.status_code == 422
    assert not Deputyship.objects.exists()


def test_no_deputies_outside_case_work(people, client_of):
    client = client_of(people.hanna)
    assert "nichts einzurichten" in words_of(client.get(reverse("own_deputies")))


# --- administration -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_administration_is_for_administrators(people, client_of, name):
    for member in people:
        expected = 200 if member.key in ("gero", "lea") else 403
        assert client_of(member).get(reverse(name)).status_code == expected, member.key


@pytest.mark.parametrize("name", OF_ONE_ACCOUNT)
def test_account_of_another_carrier_is_not_there(people, client_of, name):
    lea = client_of(people.lea)
    assert lea.get(reverse(name, args=["alma"])).status_code == 200
    assert lea.get(reverse(name, args=["cem"])).status_code == 404
    assert lea.get(reverse(name, args=["gibt.es.nicht"])).status_code == 404


def test_buttons_are_what_the_policies_allow(people, client_of):
    lea = client_of(people.lea)
    assert "Neue Einladung drucken" in words_of(lea.get(reverse("account_detail", args=["alma"])))
    assert "Neue Einladung drucken" not in words_of(lea.get(reverse("account_detail", args=["dora"])))
    assert lea.post(reverse("account_renew_invitation", args=["dora"])).status_code == 403


def test_list_answers_with_its_fragment(people, client_of):
    answer = client_of(people.lea).post(
        reverse("account_list"), {"q": "bert"}, headers={"HX-Request": "true", "HX-Target": "konten"}
    )
    page = answer.content.decode()
    assert page.strip().startswith('<div id="konten">')
    assert "Bert Buche" in page
    assert "Alma Ahorn" not in page


def test_renaming_notices_that_somebody_was_faster(people, client_of):
    lea = client_of(people.lea)
    url = reverse("account_rename", args=["alma"])
    assert lea.post(url, {"version": 1, "display_name": "Alma Neu", "email": ""}).status_code == 303
    late = lea.post(url, {"version": 1, "display_name": "Alma Spät", "email": "", "initial-display_name": "Alma Ahorn"})
    assert late.status_code == 409
    assert "Alma Neu" in late.content.decode()
    assert "Alma Spät" in late.content.decode()


def test_position_is_added_and_ended_on_the_page(people, client_of):
    lea = client_of(people.lea)
    data = {"role": "TEAM_LEAD", "institution_id": people.lea.institution_id, "starts_on": "heute"}
    assert lea.post(reverse("position_add", args=["bert"]), data).status_code == 303
    assert lea.post(reverse("position_add", args=["bert"]), data | {"role": "SYSTEM_ADMIN"}).status_code == 422
    answer = lea.post(reverse("position_end", args=["bert", 2]), {"version": 1, "last_day_on": "heute"})
    assert answer.status_code == 303
    assert Membership.objects.filter(user=people.bert.user_id, ends_on__isnull=False).count() == 1
    assert lea.get(reverse("position_end", args=["bert", 3])).status_code == 404


def test_leaving_locks_out_at_once_and_covers_the_cases(people, client_of):
    alma, lea = client_of(people.alma), client_of(people.lea)
    url = reverse("account_off_board", args=["alma"])
    page = lea.get(url)
    assert "Bert Buche" in words_of(page)
    field = f"deputy_{people.alma.membership_id}"
    assert lea.post(url, {field: people.bert.membership_id, "until": ""}).status_code == 422
    assert lea.post(url, {field: people.bert.membership_id, "until": "+14"}).status_code == 303
    assert alma.get("/konto/").status_code in (302, 400)
    assert Deputyship.objects.get().emergency
    again, answer = Client(), None
    answer = again.post("/anmelden/", {"login": "alma", "password": PASSWORD})
    assert answer.url == reverse("account_inactive")


def test_system_administration_does_not_choose_deputies(people, client_of):
    page = client_of(people.gero).get(reverse("account_off_board", args=["alma"]))
    assert "Eine Vertretung bestellt die Teamleitung" in words_of(page)
    assert not [name for name in page.context["form"].fields if name.startswith("deputy_")]


def test_account_goes_out_of_use_and_back(people, client_of, trail):
    lea = client_of(people.lea)
    for name, active in (("account_deactivate", False), ("account_reactivate", True)):
        lea.post(reverse(name, args=["bert"]))
        assert User.objects.get(pk=people.bert.user_id).is_active is active
        assert lea.post(reverse(name, args=["bert"])).status_code == 403
    actions = [line.action for line in trail() if line.action.startswith("accounts.")]
    assert actions == ["accounts.deactivate_account", "accounts.reactivate_account"]


def test_factors_are_reset_with_a_trace(people, client_of, trail):
    RecoveryCodes.activate(User.objects.get(pk=people.bert.user_id))
    client_of(people.lea).post(reverse("account_reset_factors", args=["bert"]))
    assert not Authenticator.objects.filter(user=people.bert.user_id).exists()
    (line,) = trail("accounts.reset_factors")
    assert line.user_id == people.lea.user_id
    assert line.details["types"] == ["recovery_codes"]


def test_team_is_opened_and_dissolved(people, client_of):
    lea = client_of(people.lea)
    answer = lea.post(reverse("team_list"), {"institution_id": people.lea.institution_id, "name": "Team Süd"})
    assert answer.status_code == 303
    page = lea.get(reverse("team_list"))
    (team,) = [team for team in page.context["teams"] if team.name == "Team Süd"]
    lea.post(reverse("team_dissolve"), {"team": team.id})
    assert "Team Süd" not in [one.name for one in lea.get(reverse("team_list")).context["teams"]]


def test_get_changes_nothing(people, client_of):
    lea = client_of(people.lea)
    for name in ("account_renew_invitation", "account_deactivate", "account_reset_factors", "account_reactivate"):
        assert lea.get(reverse(name, args=["alma"])).status_code == 405
