"""A letter from writing to the outbox: kept, signed, sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.documents.papers import text_of
from tests.documents.test_uploads import picture

pytestmark = pytest.mark.django_db
LETTER = {
    "formular": "letter",
    "recipient": "Jobcenter Beispiel\nMusterweg 1\n40210 Düsseldorf",
    "subject": "Termin am Montag",
    "salutation": "Guten Tag,",
    "body": "wir kommen am Montag.\n\nBitte bringen Sie nichts mit.",
    "closing": "Mit freundlichen Grüßen",
}


@pytest.fixture
def written(alma, case):
    answer = alma.post(reverse("letter_new", args=[case.number]), LETTER)
    assert answer.status_code == 303
    return answer["Location"]


@pytest.fixture
def cem(people, client_of):
    return client_of(people.cem)


def test_a_letter_is_written_and_read(alma, written, words):
    page = alma.get(written)
    assert "Termin am Montag" in words(page) and "Fassung 1" in words(page)
    assert "wir kommen am Montag." in text_of(alma.get(f"{written}1/").content)


def test_a_letter_without_text_stays_in_the_form(alma, case):
    answer = alma.post(reverse("letter_new", args=[case.number]), LETTER | {"body": ""})
    assert answer.status_code == 422 and "Termin am Montag" in answer.content.decode()


def test_a_character_that_cannot_be_printed_is_named(alma, case, words):
    answer = alma.post(reverse("letter_new", args=[case.number]), LETTER | {"body": "für 陳"})
    assert answer.status_code == 422 and "„陳“" in words(answer)


def test_a_signature_with_its_scan(alma, written, words):
    scan = SimpleUploadedFile("scan", picture(), "x")
    said = {"formular": "sign", "number": 1, "name": "J. Salbei", "role": "Teilnehmer/in", "signed_on": "heute"}
    answer = alma.post(written, said | {"agreement": "NO", "because": "will warten", "scan": scan}, follow=True)
    assert "nein, weil: will warten" in words(answer) and "unterschriebenes Blatt" in words(answer)


def test_a_no_without_reason_is_asked_for_it(alma, written, words):
    said = {"formular": "sign", "number": 1, "name": "J. Salbei", "role": "Teilnehmer/in", "signed_on": "heute"}
    answer = alma.post(written, said | {"agreement": "NO"})
    assert answer.status_code == 422 and "Bitte schreiben Sie, warum." in words(answer)


def test_voided_it_can_no_longer_be_opened(alma, written, words):
    answer = alma.post(written, {"formular": "void", "because": "falsche Akte"}, follow=True)
    assert "falsche Akte" in words(answer)
    assert alma.get(f"{written}1/").status_code == 404


def test_strangers_find_nothing(cem, written):
    assert cem.get(written).status_code == 404
    assert cem.get(f"{written}1/").status_code == 404
