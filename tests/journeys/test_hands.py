"""From hand to hand, in a real browser: the prison's social service proposes somebody, the lead allocates them, and
whoever leads the case offers it to a colleague, who takes it on."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.journeys.pressing import choose, german

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "Rosmarin, Tarek"


def test_a_referral_is_allocated_and_handed_over(site, page, new_page, log_in, assert_accessible):
    today = date.today()
    person = {
        "surname": "Rosmarin",
        "given_name": "Tarek",
        "born_on": "14.03.1996",
        "release_on": german(today + timedelta(days=260)),
        "wish": "Nach der Haft gleich eine Stelle",
    }
    log_in("hanna")
    page.goto("/faelle/neu/")
    assert_accessible(page)
    choose(page, "form", **person)
    page.wait_for_url(re.compile(r"/akten/[\d-]+/$"))
    number = re.search(r"/akten/([\d-]+)/", page.url).group(1)
    assert "Tarek Rosmarin" in page.inner_text("h1")
    assert_accessible(page)

    # the same person once more: nobody opens a second file unasked
    page.goto("/faelle/neu/")
    choose(page, "form", **person)
    page.get_by_text(re.compile("Vielleicht gibt es schon eine Akte")).first.wait_for()
    assert number in page.inner_text("#form")
    assert_accessible(page)

    # nobody leads the case until the lead has allocated it
    alma, bert, jan = new_page(), new_page(), new_page()
    log_in("alma", at=alma)
    assert alma.goto(f"/akten/{number}/").status == 404
    log_in("jan", at=jan)
    jan.goto("/uebergaben/")
    assert "niemand zuständig" in jan.inner_text("main")
    assert_accessible(jan)
    jan.get_by_label(re.compile(NAME)).check()
    choose(jan, "reassign", receiver_id={"label": "Alma Ahorn"}, reason="Zugang vom Sozialdienst")
    jan.get_by_text("Ein Fall ist zugeteilt.").first.wait_for()
    assert "jeder Fall wird geführt" in jan.inner_text("main")

    # offered to a colleague: until they answer they see the offer, not the file
    assert alma.goto(f"/akten/{number}/").status == 200
    alma.goto(f"/akten/{number}/uebergabe/")
    assert_accessible(alma)
    choose(
        alma,
        "offer",
        receiver_id={"label": "Bert Buche"},
        kind="PERSON",
        reason="Elternzeit",
        message="Die Person wartet auf eine Antwort wegen der Wohnung.",
    )
    alma.get_by_text("wartet auf Antwort").first.wait_for()
    assert_accessible(alma)
    log_in("bert", at=bert)
    bert.goto("/uebergaben/")
    assert "wartet auf eine Antwort wegen der Wohnung" in bert.inner_text("main")
    assert_accessible(bert)
    choose(bert, "answer", number=number, decision="annehmen")
    bert.wait_for_url(re.compile(rf"/akten/{number}/$"))
    assert "Bert Buche" in bert.inner_text("main")
    assert_accessible(bert)
    bert.goto(f"/akten/{number}/uebergabe/protokoll/")
    assert "Alma Ahorn" in bert.inner_text("main")
    assert_accessible(bert)
    bert.goto("/faelle/")
    assert NAME in bert.inner_text("main")
    bert.goto(f"/akten/{number}/aufgaben/")
    assert "Erstgespräch" in bert.inner_text("main")
    assert_accessible(bert)
    bert.goto("/aufgaben/")
    assert_accessible(bert)
