"""Übergabe in the file: offer, take back, allocate, record a transfer; the sheet to sign."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from ina.cases.queries.handovers import list_handovers
from tests.factories.cases import case_for, case_of

pytestmark = pytest.mark.django_db


def url(made, page="handover") -> str:
    return reverse(page, args=[made.number])


def offered_to(member, **changed) -> dict:
    return {
        "formular": "offer",
        "receiver_id": member.membership_id,
        "kind": "PERSON",
        "reason": "Elternzeit",
        "message": "Montag Vorstellung bei der Malerei",
        "offered_on": "heute",
    } | changed


def moved_to(**changed) -> dict:
    return {"formular": "transfer", "on": "heute", "prison": "jva-koeln"} | changed


@pytest.fixture(autouse=True)
def in_step(clock, moment):
    """The clock of the pages is that of the database: what is granted begins and ends by it."""
    clock.set(moment)


def test_nothing_offered_yet(alma, case, words):
    page = alma.get(url(case))
    assert "Fall jemandem anbieten" in words(page) and page.context["withdraw"] is None
    assert page.context["allocate"] is None and page.context["transfer"] is not None
    assert alma.get(url(case, "handover_sheet")).status_code == 404


def test_offer_and_take_it_back(people, alma, case, words, act_as, moment):
    assert alma.post(url(case), offered_to(people.cem)).status_code == 303
    page = alma.get(url(case))
    said = words(page)
    assert "wartet auf Antwort" in said and people.cem.name in said and page.context["offer"] is None
    assert alma.post(url(case), offered_to(people.bert)).status_code == 403
    assert alma.post(url(case), {"formular": "withdraw", "reason": "doch nicht"}).status_code == 303
    assert "zurückgezogen" in words(alma.get(url(case)))
    with act_as(people.alma) as actor:
        (row,) = list_handovers(actor, case_of(case), today=moment.date())
        assert (row.answer, row.message) == ("doch nicht", "Montag Vorstellung bei der Malerei")


def test_the_form_says_what_is_missing(people, alma, case):
    answer = alma.post(url(case), offered_to(people.cem, reason="", receiver_id=""))
    assert answer.status_code == 422 and set(answer.context["offer"].errors) == {"reason", "receiver_id"}
    answer = alma.post(url(case), offered_to(people.alma))
    assert answer.status_code == 422 and "Bitte wählen Sie" in str(answer.context["offer"].errors)


def test_fragment(people, alma, case):
    headers = {"HX-Request": "true", "HX-Target": "offer"}
    answer = alma.post(url(case), offered_to(people.cem, reason=""), headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="offer"')


def test_whoever_is_offered_it_sees_the_way_to_answer_and_no_form(people, alma, case, client_of, words):
    cem = client_of(people.cem)
    assert cem.get(url(case)).status_code == 404
    alma.post(url(case), offered_to(people.cem))
    page = cem.get(url(case))
    assert "Annehmen oder ablehnen" in words(page)
    assert [page.context[name] for name in ("offer", "withdraw", "transfer", "allocate")] == [None] * 4
    assert cem.get(url(case, "handover_sheet")).status_code == 200
    assert client_of(people.uwe).get(url(case)).status_code == 404


def test_the_lead_allocates_at_once(people, case, client_of, words):
    jan = client_of(people.jan)
    sent = {"formular": "allocate", "receiver_id": people.bert.membership_id, "reason": "Krankheit"}
    assert jan.post(url(case), sent | {"receiver_id": people.cem.membership_id}).status_code == 422
    assert jan.post(url(case), sent).status_code == 303
    assert "zuständig ab" in words(client_of(people.bert).get(url(case)))


def test_a_transfer_goes_on_to_the_offer(people, alma, case, words):
    answer = alma.post(url(case), moved_to(booking_number=""))
    assert answer.status_code == 303 and answer.headers["Location"] == url(case)
    page = alma.get(url(case))
    said = words(page)
    assert "Bieten Sie ihm den Fall an" in said and "in einer anderen Anstalt" in said
    form = page.context["offer"]
    assert form.initial["kind"] == "TRANSFER"
    _, colleagues = form.fields["receiver_id"].choices[1]
    assert colleagues == [(people.cem.membership_id, people.cem.name)]
    assert alma.post(url(case), offered_to(people.cem, kind="TRANSFER", reason="Verlegung")).status_code == 303


def test_a_transfer_is_taken_back_here_and_nowhere_else(alma, case, words, people, client_of):
    entry = reverse("entry", args=[case.number, "besonderes", 1])
    assert alma.get(url(case)).context["untransfer"] is None
    assert alma.post(url(case), {"formular": "untransfer", "version": 1, "because": "x"}).status_code == 403
    assert alma.post(url(case), moved_to()).status_code == 303
    shown = alma.get(entry)
    assert shown.context["void"] is None and shown.context["correct"] is None
    assert "als Ganzes zurückgenommen" in words(shown) and f'{url(case)}#zurueck"' in shown.content.decode()
    for name in ("void", "correct"):
        assert alma.post(entry, {"formular": name, "version": 1, "because": "falsche Anstalt"}).status_code == 403
    page = alma.get(url(case))
    assert "nach JVA Köln" in words(page)
    sent = {"formular": "untransfer", "version": page.context["untransfer"]["version"].value(), "because": ""}
    headers = {"HX-Request": "true", "HX-Target": "untransfer"}
    assert alma.post(url(case), sent, headers=headers).status_code == 422
    assert client_of(people.jan).post(url(case), sent | {"because": "x"}).status_code == 403
    assert alma.post(url(case), sent | {"because": "falsche Anstalt"}).status_code == 303
    page = alma.get(url(case))
    assert "wie vorher" in words(page) and page.context["untransfer"] is None
    assert page.context["file"].custody.prison_id == people.alma.place_id
    assert "storniert" in words(alma.get(entry))


def test_where_nobody_works_it_says_what_remains(alma, case, words):
    answer = alma.post(url(case), moved_to(prison="jva-bielefeld-senne"))
    assert answer.status_code == 303
    assert "arbeitet kein Team" in words(alma.get(url(case)))


def test_the_prison_enters_a_transfer_and_nothing_else(people, case, client_of):
    hanna = client_of(people.hanna)
    page = hanna.get(url(case))
    assert page.context["transfer"] is not None and page.context["offer"] is None
    assert hanna.post(url(case), offered_to(people.cem)).status_code == 403
    assert hanna.post(url(case), moved_to(on="31.12.2999")).status_code == 422
    assert hanna.post(url(case), moved_to()).headers["Location"] == reverse("case_list")
    assert hanna.post(url(case), moved_to(prison="jva-duesseldorf")).status_code == 403
    assert client_of(people.vera).get(url(case)).context["transfer"] is not None


def test_an_ended_case_is_not_handed_over(people, client_of, words):
    closed = case_for(people.alma, state=State.CLOSED)
    page = client_of(people.alma).get(url(closed))
    assert page.context["offer"] is None and "beendet und wird nicht mehr übergeben" in words(page)


def test_the_sheet_says_who_what_and_until_when(people, alma, case, words):
    alma.post(url(case), offered_to(people.cem))
    said = words(alma.get(url(case, "handover_sheet")))
    for part in (
        people.alma.name,
        people.cem.name,
        "Elternzeit",
        "Montag Vorstellung bei der Malerei",
        "01.03.2027",
        "Strafende",
        "Teilnahme an INA",
        "Unterschrift",
    ):
        assert part in said, part


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_the_handovers(count, people, alma, case, statements):
    for _ in range(count):
        alma.post(url(case), offered_to(people.cem))
        alma.post(url(case), {"formular": "withdraw"})
    with statements() as told:
        assert len(alma.get(url(case)).context["rows"]) == count
    assert told() == STATEMENTS


STATEMENTS = 14
