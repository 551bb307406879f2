"""„Wer mit mir arbeitet“ says all that was told to anybody, and nothing that was only prepared."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from ina.access.enums import Compartment as C
from ina.documents.kinds import PaperRequest
from ina.network.circle_paper import circle_sheet
from ina.network.enums import Delivery
from ina.network.operations import stop_disclosure
from tests.factories.cases import case_for
from tests.factories.everything import everything_for
from tests.network.disclosing import allow, prepare, send
from tests.network.test_operations import propose

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def asked(actor, made, now):
    return PaperRequest(actor, made.dossier_id, 1, now.date())


def test_what_was_told_and_not_what_was_prepared(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        empty = circle_sheet(asked(actor, made, now)).data
        assert (empty["allowed"], empty["told"], empty["partners"]) == ([], [], [])
        allow(actor, made, now)
        propose(actor, made.case_id, now)
        prepare(actor, made, now)
        sent, _ = send(actor, made, now, compartments=C.VOCATIONAL)
        send(actor, made, now, delivery=Delivery.LETTER)
        data = circle_sheet(asked(actor, made, now)).data
        assert [(one["why"], one["stopped"]) for one in data["told"]] == [("mein Ja", False)]
        assert "darf" in data["allowed"][0]["sentence"] or "dürfen" in data["allowed"][0]["sentence"]
        assert [one["purpose"] for one in data["partners"]] == ["Schuldnerberatung"]
        assert any("Alma" in one["name"] for one in data["circle"])
        # What was told stays told, whatever is closed later.
        stop_disclosure(actor=actor, disclosure_id=sent.pk, because="nicht mehr nötig", now=now)
        assert [one["stopped"] for one in circle_sheet(asked(actor, made, now)).data["told"]] == [True]


def test_set_as_a_paper(people, client_of, now):
    made = everything_for(people, now)
    answer = client_of(people.alma).get(reverse("paper_view", args=[made.number, "network.circle"]))
    assert answer.status_code == 200
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Wer meine Akte sieht" in text and "Was bisher mitgeteilt wurde" in text and "Meine Rechte" in text
