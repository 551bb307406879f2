"""Aufnahme: what the criteria say, with both consents or not at all; waiting, declining, rejecting."""

from datetime import date

import pytest
from django.urls import reverse

from ina.access.models import Consent
from ina.cases.enums import State
from ina.cases.models import CaseAct
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
CONSENTS = {
    "agreement_on": "heute",
    "participation_on": "heute",
    "data_use_on": "heute",
    "text_version": "2026-1",
    "language": "de",
}


@pytest.fixture
def referred(people):
    return case_for(people.alma, state=State.SCREENING)


def url(made) -> str:
    return reverse("admission", args=[made.number])


def test_page_offers_the_four_decisions(alma, referred, words):
    said = words(alma.get(url(referred)))
    for button in ("Aufnehmen", "Auf die Warteliste setzen", "Ablehnung eintragen", "Nicht aufnehmen"):
        assert button in said


def test_admitted_with_both_consents(alma, referred, words):
    answer = alma.post(url(referred), {"formular": "admit", "admitted_on": "heute", **CONSENTS})
    assert answer.status_code == 303
    said = words(alma.get(answer["Location"]))
    assert "Teilnahme an INA erteilt am 23.11.2026" in said and "Aufgenommen" in said


@pytest.mark.parametrize("missing", ["agreement_on", "participation_on", "data_use_on", "text_version"])
def test_not_admitted_without_one_of_them(alma, referred, missing):
    entered = {name: value for name, value in CONSENTS.items() if name != missing}
    answer = alma.post(url(referred), {"formular": "admit", "admitted_on": "heute", "remark": "im Haus C", **entered})
    assert answer.status_code == 422 and list(answer.context["admit"].errors) == [missing]
    assert "im Haus C" in answer.content.decode()


def test_a_consent_that_is_there_is_not_asked_again(alma, referred, words):
    given = {"purpose": "DATA_USE", "given_on": "heute", "text_version": "2026-1", "on_paper": "on", "language": "de"}
    alma.post(reverse("consents", args=[referred.number]), {"formular": "record", **given})
    page = alma.get(url(referred))
    assert (
        "Einwilligung „Nutzung der Daten“: liegt vor" in words(page)
        and "data_use_on" not in page.context["admit"].fields
    )
    entered = {"agreement_on": "heute", "participation_on": "heute", "text_version": "2026-1", "language": "de"}
    assert alma.post(url(referred), {"formular": "admit", "admitted_on": "heute", **entered}).status_code == 303


@pytest.mark.parametrize(
    ("act", "entered", "stands"),
    [
        ("waitlist", {"reason": "TOO_EARLY", "resubmit_on": "+90"}, "Warteliste"),
        ("decline", {}, "Teilnahme abgelehnt"),
        ("reject", {"reason": "OUTSIDE_NRW"}, "nicht aufgenommen"),
    ],
)
def test_other_decisions(alma, referred, words, act, entered, stands):
    answer = alma.post(url(referred), {"formular": act, "happened_on": "heute", **entered})
    assert answer.status_code == 303 and stands in words(alma.get(answer["Location"]))


def test_an_error_opens_only_the_form_that_was_sent(alma, referred):
    answer = alma.post(url(referred), {"formular": "reject", "happened_on": "heute"})
    assert answer.status_code == 422 and answer.context["reject"].errors and not answer.context["admit"].is_bound
    assert answer.content.decode().count('<details class="ina-more ina-panel" open') == 1


def test_fragment_is_the_form_alone(alma, referred):
    headers = {"HX-Request": "true", "HX-Target": "reject"}
    answer = alma.post(url(referred), {"formular": "reject", "happened_on": "heute"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="reject"')


def test_an_admitted_case_offers_nothing_and_refuses(alma, case, words):
    assert "im jetzigen Stand nicht möglich" in words(alma.get(url(case)))
    assert alma.post(url(case), {"formular": "admit", "admitted_on": "heute", **CONSENTS}).status_code == 403


@pytest.mark.parametrize("who", ["jan", "hanna"])
def test_readers_who_do_not_decide_are_refused(people, client_of, referred, words, who):
    client = client_of(people[who])
    assert "Aufnehmen" not in words(client.get(url(referred)))
    answer = client.post(url(referred), {"formular": "decline", "happened_on": "heute"})
    assert answer.status_code == 403 and "Das entscheidet die Fallführung" in words(answer)


def test_hidden_from_others(people, client_of, referred):
    assert client_of(people.cem).get(url(referred)).status_code == 404
    assert client_of(people.cem).post(url(referred), {"formular": "decline"}).status_code == 404


def test_a_form_that_does_not_exist_is_not_found(alma, referred):
    assert alma.post(url(referred), {"formular": "unsinn"}).status_code == 404


def test_every_criterion_says_why_and_where_to_enter_what_is_missing(alma, referred, words):
    page = alma.get(url(referred))
    said, html = words(page), page.content.decode()
    assert len(page.context["lines"]) == 9
    assert "Strafgefangene oder Jugendstrafgefangene: nicht bekannt Die Haftart ist nicht bekannt." in said
    assert f'href="{reverse("intake", args=[referred.number])}#teil-enforcement"' in html
    assert "Mindestalter: erfüllt 32 Jahre." in said and "Noch offen: Es fehlen Angaben." in said


def test_what_the_check_said_is_kept_with_the_decision(alma, referred, people, act_as):
    filled = {"formular": "enforcement", "version": "0", "refers_on": "heute", "kind": "SENTENCE", "deportation": "NO"}
    answers = {"stance_57": "UNKNOWN", "supervision": "UNKNOWN", "work_permit": "YES"}
    assert alma.post(reverse("intake", args=[referred.number]), filled | answers).status_code == 303
    assert alma.post(url(referred), {"formular": "admit", "admitted_on": "heute", **CONSENTS}).status_code == 303
    with act_as(people.alma) as actor:
        facts = CaseAct.objects.visible_to(actor).get(case_id=referred.case_id, act="ADMITTED").facts
    assert len(facts) == 9
    assert (facts["custody"], facts["may_work"], facts["conflict"]) == ("PASSED", "PASSED", "UNKNOWN")


def test_a_rejection_keeps_it_too(alma, referred, people, act_as):
    entered = {"formular": "reject", "happened_on": "heute", "reason": "CUSTODY_KIND", "remark": "nur Arrest"}
    assert alma.post(url(referred), entered).status_code == 303
    with act_as(people.alma) as actor:
        row = CaseAct.objects.visible_to(actor).get(case_id=referred.case_id, act="REJECTED")
    assert (row.reason, row.remark, len(row.facts)) == ("CUSTODY_KIND", "nur Arrest", 9)


def test_a_waiting_case_is_taken_up_again_or_admitted_at_once(alma, people, words):
    waiting = case_for(people.alma, state=State.WAITING)
    assert "Klärung fortsetzen" in words(alma.get(url(waiting)))
    answer = alma.post(url(waiting), {"formular": "take_up", "happened_on": "heute"})
    assert answer.status_code == 303 and "Klärung" in words(alma.get(answer["Location"]))
    assert "Klärung fortsetzen" not in words(alma.get(url(waiting)))


def test_too_early_suggests_the_waiting_list_with_its_day(alma, people, words):
    early = case_for(people.alma, state=State.SCREENING, planned_on=date(2030, 3, 1))
    page = alma.get(url(early))
    assert page.context["waitlist"]["resubmit_on"].value() == "01.03.2028"
    assert page.context["waitlist"]["reason"].value() == "TOO_EARLY"


def test_gates_are_a_checklist(alma, people, words):
    bare = case_for(people.alma, state=State.SCREENING, talk=False)
    said = words(alma.get(url(bare)))
    assert "Erstgespräch, Freiwilligkeit gesagt: fehlt noch" in said
    assert "Informationsblatt ausgehändigt und erklärt: fehlt noch" in said
    answer = alma.post(url(bare), {"formular": "admit", "admitted_on": "heute", **CONSENTS})
    assert answer.status_code == 422 and "freiwillig teilnimmt" in words(answer)


def test_minors_need_somebody_who_signs_with_them(alma, people, words):
    minor = case_for(people.alma, state=State.SCREENING, born_on=date(2009, 6, 1))
    page = alma.get(url(minor))
    assert "gesetzlichen Vertretung" in words(page) and "guardian" in page.context["admit"].fields
    entered = {"formular": "admit", "admitted_on": "heute", **CONSENTS}
    assert alma.post(url(minor), entered).status_code == 422
    assert alma.post(url(minor), entered | {"guardian": "Frau Eibisch, Vormundin"}).status_code == 303


def test_language_and_interpreter_stand_in_the_consent(alma, referred, people, act_as):
    entered = {"formular": "admit", "admitted_on": "heute", **CONSENTS, "language": "tr", "interpreter": "Herr Salbei"}
    assert alma.post(url(referred), entered).status_code == 303
    with act_as(people.alma) as actor:
        rows = Consent.objects.visible_to(actor).filter(dossier_id=referred.dossier_id)
        assert set(rows.values_list("language", "interpreter")) == {("tr", "Herr Salbei")}
