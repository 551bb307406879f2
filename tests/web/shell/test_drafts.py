"""What is typed is not lost: session flushed, locked, over after 15 minutes; nothing newer is overwritten."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ina.access.models import Draft
from ina.access.operations.drafts import LARGEST, MOST, discard_draft, keep_draft
from ina.access.queries import draft_of
from ina.base.errors import Invalid, Refused
from ina.cases.enums import State
from ina.cases.operations.intake import fill_benefits
from tests.factories.cases import case_for
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "/faelle/neu/"
TYPED = {"entwurf": "zugang", "surname": "Beifuß", "wish": "wieder als Maler arbeiten"}


@pytest.fixture(autouse=True)
def probes(settings, clock):
    """The whole application, not the shell's own pages; the clock stands still."""
    cache.clear()


@pytest.fixture
def alma(people, client_of):
    return client_of(people.alma)


def log_in(client, next_url: str):
    return client.post("/anmelden/", {"login": "alma", "password": PASSWORD, "next": next_url})


def value_of(answer, name: str) -> str:
    return str(answer.context["form"][name].value() or "")


# --- kept and offered again -----------------------------------------------------------------------------------------


def test_a_form_says_that_it_keeps_drafts_without_any_script_of_its_own(alma):
    html = alma.get(NEW).content.decode()
    assert 'name="entwurf" value="zugang"' in html and 'formaction="/entwurf/"' in html
    assert 'hx-trigger="input delay:2s from:closest form, change delay:2s from:closest form"' in html
    assert "Entwurf verwerfen" not in html and "<script>" not in html


def test_what_was_typed_comes_back_with_its_time_and_can_be_discarded(alma):
    kept = alma.post("/entwurf/", TYPED, headers={"HX-Request": "true"})
    assert kept.status_code == 200 and kept.content.decode().strip() == "Entwurf gesichert: 23.11.2026, 12:00 Uhr"
    page = alma.get(NEW)
    html = page.content.decode()
    assert value_of(page, "surname") == "Beifuß" and "was Sie am 23.11.2026, 12:00 Uhr getippt hatten" in html
    assert page.context["form"].errors == {} and "kern-alert--danger" not in html
    gone = alma.post("/entwurf/verwerfen/", TYPED, headers={"Referer": f"http://testserver{NEW}"})
    assert (gone.status_code, gone["Location"]) == (303, NEW)
    assert value_of(alma.get(NEW), "surname") == ""


def test_the_button_keeps_without_script_and_leads_back_to_the_form(alma):
    answer = alma.post("/entwurf/", TYPED | {"entwurf-knopf": "1"}, headers={"Referer": f"http://testserver{NEW}?x=1"})
    assert (answer.status_code, answer["Location"]) == (303, f"{NEW}?x=1")
    away = alma.post("/entwurf/", TYPED | {"entwurf-knopf": "1"}, headers={"Referer": "https://evil.example/"})
    assert away["Location"] == "/"


def test_a_draft_belongs_to_who_typed_it(alma, people, client_of, act_as):
    alma.post("/entwurf/", TYPED)
    assert value_of(client_of(people.bert).get(NEW), "surname") == ""
    with act_as(people.bert) as bert:
        assert draft_of(bert, "zugang") is None
    with act_as(people.jan):
        assert not Draft.objects.unscoped(because="the wall").exists()


def test_another_pc_shows_the_same_draft(alma, people, client_of):
    alma.post("/entwurf/", TYPED)
    assert value_of(client_of(people.alma).get(NEW), "surname") == "Beifuß"


def test_a_form_that_was_sent_forgets_its_draft(alma):
    alma.post("/entwurf/", TYPED)
    sent = {
        "prison": "jva-duesseldorf",
        "referred_on": "heute",
        "source": "SELF",
        "language": "de",
        "surname": "Beifuß",
    }
    assert alma.post(NEW, sent | {"release_on": "01.01.2020"}).status_code == 422
    assert value_of(alma.get(NEW), "surname") == "Beifuß"
    assert alma.post(NEW, sent).status_code == 303
    assert value_of(alma.get(NEW), "surname") == ""


def test_each_form_of_a_page_has_its_own(alma, people):
    made = case_for(people.alma, state=State.SCREENING)
    url = reverse("intake", args=[made.number])
    alma.post("/entwurf/", {"entwurf": f"bogen-benefits:{made.number}:1", "remark": "Miete", "version": "0"})
    page = alma.get(url)
    assert page.context["benefits"]["remark"].value() == "Miete"
    assert not page.context["esf"].is_bound and page.context["benefits"].is_bound


# --- the session is gone --------------------------------------------------------------------------------------------


def test_session_flushed_in_the_middle_leads_to_log_in_and_back_to_the_form_with_the_draft(alma):
    alma.post("/entwurf/", TYPED, headers={"HX-Request": "true"})
    alma.session.flush()
    sent = alma.post(NEW, TYPED | {"given_name": "Ole"})
    assert (sent.status_code, sent["Location"]) == (302, f"/anmelden/?next={NEW}")
    assert 'value="/faelle/neu/"' in alma.get(sent["Location"]).content.decode()
    back = log_in(alma, NEW)
    assert (back.status_code, back["Location"]) == (302, NEW)
    assert value_of(alma.get(NEW), "wish") == "wieder als Maler arbeiten"


def test_keeping_a_draft_without_a_session_leads_to_log_in_and_back_to_the_form(alma):
    alma.session.flush()
    shown = f"http://testserver{NEW}"
    by_htmx = alma.post("/entwurf/", TYPED, headers={"HX-Request": "true", "HX-Current-URL": shown})
    assert by_htmx.headers["HX-Redirect"] == "/anmelden/?next=%2Ffaelle%2Fneu%2F"
    by_hand = alma.post("/entwurf/", TYPED, headers={"Referer": shown})
    assert (by_hand.status_code, by_hand["Location"]) == (302, "/anmelden/?next=%2Ffaelle%2Fneu%2F")


def test_after_fifteen_minutes_what_is_sent_becomes_a_draft(alma, clock):
    page = alma.get(NEW)
    assert page.status_code == 200
    clock.set(clock.moment + timedelta(minutes=16))
    sent = alma.post(NEW, TYPED, headers={"Referer": f"http://testserver{NEW}"})
    assert (sent.status_code, sent["Location"]) == (302, "/anmelden/?next=%2Ffaelle%2Fneu%2F")
    assert "als Entwurf gesichert" in alma.get(sent["Location"]).content.decode()
    log_in(alma, NEW)
    assert value_of(alma.get(NEW), "surname") == "Beifuß"


def test_a_forged_form_leaves_no_draft(people, client_of, clock, act_as):
    client = client_of(people.alma, enforce_csrf_checks=True)
    client.get(NEW)
    clock.set(clock.moment + timedelta(minutes=16))
    assert client.post(NEW, TYPED).status_code == 302
    with act_as(people.alma) as actor:
        assert draft_of(actor, "zugang") is None


def test_behind_a_locked_screen_what_is_sent_becomes_a_draft(alma):
    alma.post("/sperren/", headers={"Referer": f"http://testserver{NEW}"})
    assert alma.post(NEW, TYPED)["Location"] == "/gesperrt/"
    assert alma.post("/gesperrt/", {"password": PASSWORD})["Location"] == f"http://testserver{NEW}"
    assert value_of(alma.get(NEW), "surname") == "Beifuß"


def test_a_draft_too_big_or_nameless_is_lost_without_an_error(alma):
    alma.post("/sperren/")
    for wrong in ({"entwurf": "<x>"}, {"wish": "x" * (LARGEST + 1)}):
        assert alma.post(NEW, TYPED | wrong)["Location"] == "/gesperrt/"


# --- nothing newer is overwritten -----------------------------------------------------------------------------------


def test_a_draft_of_an_older_version_says_so_and_shows_both_when_sent(alma, people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    url = reverse("intake", args=[made.number])
    shown = alma.get(url)
    assert shown.context["benefits"]["version"].value() == 0
    before = {"initial-remark": "", "initial-debts": "UNKNOWN", "initial-refers_on": "02.03.2026"}
    typed = {"version": "0", "refers_on": "02.03.2026", "debts": "UNKNOWN", "remark": "Miete offen", **before}
    alma.post("/entwurf/", {"entwurf": f"bogen-benefits:{made.number}:1", **typed})
    with act_as(people.alma) as actor:
        fill_benefits(actor=actor, case_id=made.case_id, refers_on=now.date(), remark="Strom offen", now=now)
    page = alma.get(url)
    assert "Inzwischen hat jemand etwas geändert" in page.content.decode()
    assert page.context["benefits"]["remark"].value() == "Miete offen"
    answer = alma.post(url, {"formular": "benefits", **typed})
    html = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 409 and "Miete offen" in html and "Strom offen" in html


# --- the operations -------------------------------------------------------------------------------------------------


def test_only_the_first_save_leaves_a_line_and_no_line_has_content(people, act_as, now, trail):
    with act_as(people.alma) as actor:
        for text in ("a", "ab", "abc"):
            keep_draft(actor=actor, key="zugang", data={"surname": [text]}, now=now)
        discard_draft(actor=actor, key="zugang", now=now)
        discard_draft(actor=actor, key="zugang", now=now)
    lines = [line for line in trail() if "draft" in line.action]
    assert [line.action for line in lines] == ["access.keep_draft", "access.discard_draft"]
    assert [line.details for line in lines] == [{}, {}]


def test_a_draft_of_a_form_that_was_sent_leaves_no_line_of_its_own(people, act_as, now, trail):
    with act_as(people.alma) as actor:
        keep_draft(actor=actor, key="zugang", data={}, now=now)
        discard_draft(actor=actor, key="zugang", sent=True, now=now)
    assert trail("access.discard_draft") == []


@pytest.mark.parametrize("key", ["", "ä", "a b", "x" * 81, "a/b"])
def test_a_key_names_a_form(people, act_as, now, key):
    with act_as(people.alma) as actor, pytest.raises(Invalid):
        keep_draft(actor=actor, key=key, data={}, now=now)


def test_drafts_have_a_size_and_a_number(people, act_as, now):
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match="zu lang"):
            keep_draft(actor=actor, key="a", data={"x": ["y" * LARGEST]}, now=now)
        for place in range(MOST):
            keep_draft(actor=actor, key=f"k{place}", data={"x": ["\0y"]}, now=now)
        with pytest.raises(Invalid, match="zu viele"):
            keep_draft(actor=actor, key="more", data={}, now=now)
        keep_draft(actor=actor, key="k1", data={"x": ["z"]}, now=now)
        assert (draft_of(actor, "k1").data, draft_of(actor, "k2").data) == ({"x": ["z"]}, {"x": ["y"]})


def test_whoever_works_with_no_file_keeps_no_draft(people, act_as, now):
    with act_as(people.gero) as actor, pytest.raises(Refused):
        keep_draft(actor=actor, key="zugang", data={}, now=now)


def test_a_stranger_is_sent_to_log_in():
    assert Client().post("/entwurf/", TYPED)["Location"] == "/anmelden/"
