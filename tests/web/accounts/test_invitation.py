"""The way in by an invitation, and the pages of its administration."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ina.accounts.models import Invitation, User

pytestmark = pytest.mark.django_db
PASSWORD = "vier-woerter-ohne-zusammenhang"


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


@pytest.fixture
def invited(people, client_of):
    """Lea invites somebody on the page; the answer is what stands on the sheet."""
    client = client_of(people.lea)
    answer = client.post(
        reverse("account_invite"),
        {
            "display_name": "Nele Neu",
            "username": "nele",
            "email": "",
            "role": "CASE_MANAGER",
            "institution_id": people.lea.institution_id,
            "place_id": people.alma.place_id,
            "team_id": people.alma.team_id,
            "starts_on": "heute",
            "ends_on": "",
        },
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == reverse("invitation_sheet"), answer.content.decode()
    return answer


def test_sheet_carries_name_code_and_address(invited):
    page = invited.content.decode()
    code = invited.context["code"]
    assert code in page
    assert f"http://testserver/einladung/{code}/" in page
    assert "nele" in page
    assert "E-Mail brauchen Sie nicht" in page


def test_whole_way_from_sheet_to_log_in(invited):
    client = Client()
    code = invited.context["code"]
    answer = client.post(reverse("invitation_code"), {"code": code.lower().replace("-", " ")})
    assert answer.url == reverse("invitation", args=[code])
    assert "nele" in client.get(answer.url).content.decode()
    answer = client.post(answer.url, {"password": PASSWORD, "repeated": PASSWORD})
    assert answer.url == reverse("invitation_done")
    page = client.get(answer.url)
    codes = page.context["fresh"]["codes"]
    assert all(one in page.content.decode() for one in codes)
    assert client.post(answer.url).url == reverse("account_login")
    assert client.get(reverse("invitation_done")).url == reverse("account_login")
    client.post("/anmelden/", {"login": "nele", "password": PASSWORD})
    client.post("/anmelden/zweiter-faktor/", {"code": codes[3]})
    assert client.get("/konto/").status_code == 200


def test_looking_changes_nothing(invited):
    before = list(Invitation.objects.values())
    client = Client()
    for _ in range(3):
        assert client.get(reverse("invitation", args=[invited.context["code"]])).status_code == 200
    assert list(Invitation.objects.values()) == before
    assert client.get(reverse("invitation_done")).status_code == 303


def test_used_and_invented_codes_get_the_same_page(invited):
    client = Client()
    url = reverse("invitation", args=[invited.context["code"]])
    client.post(url, {"password": PASSWORD, "repeated": PASSWORD})
    used = Client().get(url)
    invented = Client().get(reverse("invitation", args=["AAAA-BBBB-CCCC"]))
    assert used.status_code == invented.status_code == 404
    assert used.content == invented.content
    assert "Diese Einladung gilt nicht" in used.content.decode()
    assert "fordern Sie" in used.content.decode()
    assert "nele" not in used.content.decode().lower()


def test_passwords_must_be_the_same_and_long(invited):
    client = Client()
    url = reverse("invitation", args=[invited.context["code"]])
    for data in ({"password": PASSWORD, "repeated": "anders"}, {"password": "kurz", "repeated": "kurz"}, {}):
        assert client.post(url, data).status_code == 422
    assert not User.objects.get(username="nele").has_usable_password()


def test_guessing_is_counted(invited):
    client = Client()
    for _ in range(20):
        assert client.get(reverse("invitation", args=["AAAA-BBBB-CCCC"])).status_code == 404
    assert client.get(reverse("invitation", args=["AAAA-BBBB-CCCC"])).status_code == 429


def test_sheet_is_gone_after_ten_minutes(invited, people, client_of, clock, now):
    from datetime import timedelta

    client = client_of(people.lea)
    clock.set(now)
    client.post(reverse("account_renew_invitation", args=["alma"]))
    assert client.get(reverse("invitation_sheet")).status_code == 200
    clock.set(now + timedelta(minutes=11))
    assert client.get(reverse("invitation_sheet")).status_code == 404
