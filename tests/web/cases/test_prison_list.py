"""Gefangenenliste einlesen: the upload."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = pytest.mark.django_db
URL = "/gefangenenliste/"
HEADING = "Familienname;Vorname;Geburtsdatum;JVA;Buchnummer;Sicherheitsvermerk;Lieblingsfarbe\n"


def upload(client, text: str, **headers):
    file = SimpleUploadedFile("liste.csv", text.encode())
    return client.post(URL, {"prison": "jva-duesseldorf", "file": file}, headers=headers)


def test_page_suggests_the_own_prison_and_says_that_nothing_waits(alma, words):
    answer = alma.get(URL)
    assert "Keine Liste wartet" in words(answer)
    assert answer.context["form"]["prison"].value() == "jva-duesseldorf"


def test_upload_leads_to_the_rows(alma, words):
    answer = upload(alma, HEADING + "Farn;Kilian;05.05.1990;JVA Düsseldorf;1/26/1;;\n")
    assert answer.status_code == 303
    assert "Farn, Kilian" in words(alma.get(answer["Location"]))
    assert "liste.csv" in words(alma.get(URL))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Die Datei ist leer."), ("Name\nx\n", "fehlt die Spalte"), ("\x00\x01", "Nullzeichen")],
)
def test_a_file_that_cannot_be_read_is_said_in_the_form(alma, words, text, said):
    answer = upload(alma, text)
    assert answer.status_code == 422 and said in words(answer)


def test_fragment_answers_with_the_form_alone(alma):
    answer = upload(alma, "Name\nx\n", **{"HX-Request": "true", "HX-Target": "form"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="form"')


@pytest.mark.parametrize("who", ["jan", "hanna", "gero"])
def test_others_are_refused(people, client_of, who):
    assert client_of(people[who]).get(URL).status_code == 403
    assert upload(client_of(people[who]), HEADING).status_code == 403
