"""Gefangenenliste einlesen, laufende Fälle übernehmen: the upload."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ina.access.jobs import describe
from ina.cases.models import PrisonListImport
from ina.exchange import tasks
from ina.exchange.running_cases import template
from tests.exchange.files import number, rows, xlsx

pytestmark = pytest.mark.django_db
URL, TAKE_OVER = "/gefangenenliste/", "/laufende-faelle/"
HEADING = "Familienname;Vorname;Geburtsdatum;JVA;Buchnummer;Sicherheitsvermerk;Lieblingsfarbe\n"


def upload(client, content: str | bytes, url: str = URL, **headers):
    file = SimpleUploadedFile("liste.csv", content.encode() if isinstance(content, str) else content)
    return client.post(url, {"prison": "jva-duesseldorf", "file": file}, headers=headers)


def test_page_suggests_the_own_prison_and_says_that_nothing_waits(alma, words):
    answer = alma.get(URL)
    assert "Keine Liste wartet" in words(answer) and ".xlsx" in answer.content.decode()
    assert answer.context["form"]["prison"].value() == "jva-duesseldorf"


def test_upload_leads_to_the_rows(alma, words):
    answer = upload(alma, HEADING + "Farn;Kilian;05.05.1990;JVA Düsseldorf;1/26/1;;\n")
    assert answer.status_code == 303
    assert "Farn, Kilian" in words(alma.get(answer["Location"]))
    assert "liste.csv" in words(alma.get(URL)) and "liste.csv" not in words(alma.get(TAKE_OVER))


def test_excel_is_read(alma, words):
    content = xlsx(rows(("Gefangene", "Buch-Nr.", "TE"), ("Farn, Kilian", number("12", 2), number("46388", 1))))
    said = words(alma.get(upload(alma, content)["Location"]))
    assert "Farn, Kilian" in said and "00012" in said and "01.01.2027" in said


@pytest.mark.parametrize("url", [URL, TAKE_OVER])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "Die Datei ist leer."),
        ("Name\nx\n", "fehlt die Spalte"),
        ("\x00\x01", "Nullzeichen"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        (xlsx("", extra={"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "Anweisungen"),
        ("Name;Buchnummer\n" + '"Farn;1\n', "Anführungszeichen"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_the_form(alma, words, url, content, said):
    answer = upload(alma, content, url)
    assert answer.status_code == 422 and said in words(answer)


def test_fragment_answers_with_the_form_alone(alma):
    answer = upload(alma, "Name\nx\n", **{"HX-Request": "true", "HX-Target": "form"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="form"')


@pytest.mark.parametrize("who", ["jan", "hanna", "gero"])
def test_others_are_refused(people, client_of, who):
    assert client_of(people[who]).get(URL).status_code == 403
    assert upload(client_of(people[who]), HEADING).status_code == 403


def large(lines: int) -> str:
    return HEADING + "".join(f"Farn-{n};Kim;05.05.1990;JVA Düsseldorf;{n}/26/1;;{'x' * 100}\n" for n in range(lines))


def test_a_large_file_is_read_in_the_background_and_not_kept(people, alma, words, act_as):
    answer = upload(alma, large(2_000))
    assert "im Hintergrund gelesen" in words(alma.get(answer["Location"])) and "wird bearbeitet" in words(alma.get(URL))
    import_id = int(answer["Location"].strip("/").rpartition("/")[2])
    for _ in range(2):
        tasks.read_kept_list(actor=describe(people.alma.actor), import_id=import_id)
    assert "neu 2.000" in words(alma.get(answer["Location"]))
    with act_as(people.alma) as actor:
        assert PrisonListImport.objects.visible_to(actor).get(pk=import_id).content is None


def test_a_large_file_that_is_none_says_so_later(people, alma, words):
    answer = upload(alma, "Name\n" + "x\n" * 150_000)
    import_id = int(answer["Location"].strip("/").rpartition("/")[2])
    tasks.read_kept_list(actor=describe(people.alma.actor), import_id=import_id)
    assert "fehlt die Spalte" in words(alma.get(answer["Location"])) and "nicht lesbar" in words(alma.get(URL))


def test_the_template_filled_in_is_taken_over(people, client_of, alma, words):
    empty = alma.get(TAKE_OVER + "vorlage.csv")
    assert empty.content == template() and "attachment" in empty["Content-Disposition"]
    filled = empty.content.decode("utf-8-sig").replace("BEISPIEL", "1/26/1").replace("Vorname Nachname", "")
    page = upload(alma, filled, TAKE_OVER)["Location"]
    said = words(alma.get(page))
    assert "Farn, Kilian" in said and "im Vollzug Alma Ahorn · 2 Aufgaben" in said and "übernehmen" in said
    assert alma.post(page, {"formular": "refer", "rows": ["2"]}).status_code == 303
    assert "Farn, Kilian" in words(alma.get("/faelle/"))
    assert "Nichts Neues" in words(alma.get(upload(alma, filled, TAKE_OVER)["Location"]))


def test_a_lead_takes_over_but_reads_no_prison_list(people, client_of, words):
    jan = client_of(people.jan)
    assert "Gefangenenliste" not in words(jan.get(TAKE_OVER)).replace("Gefangenenlisten", "")
    filled = template().decode("utf-8-sig").replace("BEISPIEL", "1/26/1").replace("Vorname Nachname", "Bert Buche")
    page = upload(jan, filled, TAKE_OVER)["Location"]
    assert jan.post(page, {"formular": "refer", "rows": ["2"]}).status_code == 303
    assert "Farn, Kilian" in words(client_of(people.bert).get("/faelle/"))
