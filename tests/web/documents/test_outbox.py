"""The outbox: the whole desk of what goes out."""

import pytest
from django.urls import reverse

from tests.web.documents.test_document import LETTER

pytestmark = pytest.mark.django_db
OUTBOX = "/postausgang/"


def send(client, case, subject="Termin am Montag"):
    written = client.post(reverse("letter_new", args=[case.number]), LETTER | {"subject": subject})["Location"]
    client.post(written, {"formular": "send", "number": 1, "recipient": "Jobcenter Beispiel", "channel": "LETTER"})
    return written


def only(page):
    (row,) = [line.row for group in page.context["groups"] for line in group.lines]
    return row


def enter(client, step, **said):
    key = only(client.get(OUTBOX)).key
    return client.post(
        OUTBOX, {"formular": "move", "which": key, "step": step, "on": "heute"} | said, HTTP_HOST="testserver"
    )


def standing(client):
    return {group.label: len(group.lines) for group in client.get(OUTBOX).context["groups"] if group.lines}


def test_an_empty_desk_says_how_to_fill_it(alma, words):
    page = alma.get(OUTBOX)
    assert "Nichts liegt hier" in words(page) and page.context["move"] is None


def test_printed_handed_over_and_come_back(alma, case, words):
    written = send(alma, case)
    assert standing(alma) == {"Zu drucken": 1}
    assert enter(alma, "print").status_code == 303
    assert standing(alma) == {"Zur Post geben oder überreichen": 1}
    enter(alma, "go")
    assert standing(alma) == {"Aus dem Haus": 1}
    assert "aus dem Haus" in words(alma.get(written))
    refused = enter(alma, "return")
    assert refused.status_code == 422 and "Bitte schreiben Sie, warum." in words(refused)
    enter(alma, "return", because="Empfänger verzogen")
    assert standing(alma) == {"Zurückgekommen": 1}
    assert "Empfänger verzogen" in words(alma.get(OUTBOX))


def test_what_came_back_is_chosen_by_its_link(alma, case):
    send(alma, case)
    enter(alma, "go")
    key = only(alma.get(OUTBOX)).key
    form = alma.get(f"{OUTBOX}?sendung={key}&schritt=return").context["move"]
    assert form.initial["which"] == key and form.initial["step"] == "return"


def test_its_own_page_takes_the_return_as_well(alma, case, words):
    written = send(alma, case)
    enter(alma, "go")
    key = alma.get(written).context["row"].dispatches[0].key
    said = {"formular": "move", "which": key, "step": "return", "on": "heute", "because": "verzogen"}
    assert "zurück heute" in words(alma.post(written, said, follow=True)) or "verzogen" in words(alma.get(written))
    assert alma.get(written).context["move"] is None


def test_an_older_page_does_not_move_what_has_moved(alma, case, words):
    send(alma, case)
    key = only(alma.get(OUTBOX)).key
    enter(alma, "print")
    late = alma.post(OUTBOX, {"formular": "move", "which": key, "step": "go", "on": "heute"})
    assert late.status_code in {403, 422} and standing(alma) == {"Zur Post geben oder überreichen": 1}
    assert "inzwischen" in words(late)


def test_a_lead_sees_the_desk_and_enters_nothing(alma, case, people, client_of, words):
    send(alma, case)
    page = client_of(people.jan).get(OUTBOX)
    assert "von jemand anderem vorbereitet" in words(page) and page.context["move"] is None
    assert "Termin am Montag" not in words(client_of(people.cem).get(OUTBOX))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(alma, case, count, django_assert_num_queries):
    for number in range(count):
        send(alma, case, f"Brief {number}")
    alma.get(OUTBOX)
    with django_assert_num_queries(QUERIES):
        alma.get(OUTBOX)


QUERIES = 7
