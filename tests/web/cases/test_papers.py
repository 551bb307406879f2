"""Blätter zum Unterschreiben: name, number, version, dated periods; nothing telling in the names of files."""

from datetime import date

import pytest
from django.urls import reverse

from ina.cases.enums import State
from ina.web.cases.papers import SHEETS
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_sheet_carries_name_number_version_and_who_printed_it(alma, case, words, sheet):
    page = alma.get(reverse("paper_sheet", args=[case.number, sheet]))
    said = words(page)
    assert "Robin Beinwell, geboren 07.04.1994" in said and f"Akte {case.number}" in said
    assert "Fassung 1 vom" in said and "Gedruckt am 23.11.2026, 12:00 von Alma Ahorn" in said
    assert f"<title>Blatt {SHEETS[sheet].letter} {case.number}</title>" in page.content.decode()


def test_the_information_sheet_names_who_is_responsible_and_how_long(alma, case, words):
    said = words(alma.get(reverse("paper_sheet", args=[case.number, "information"])))
    assert "bis zur Entlassung JVA Düsseldorf" in said and "ab der Entlassung Beispielträger" in said
    assert "nach der letzten Entlassung: 5 Jahre. Nach einer Jugendstrafe: 3 Jahre." in said
    assert "24 Monate" in said and "{" not in said


def test_consents_have_a_back_with_a_slip_to_take_them_back(alma, case, words):
    said = words(alma.get(reverse("paper_sheet", args=[case.number, "daten"])))
    assert said.index("Unterschrift") < said.index("Genau gesagt") < said.index("Ich nehme mein Ja zurück")
    assert "Zettel" not in words(alma.get(reverse("paper_sheet", args=[case.number, "vereinbarung"])))


def test_the_release_date_is_asked_for_one_recipient(alma, case, words):
    url = reverse("paper_sheet", args=[case.number, "termin"])
    blank, filled = words(alma.get(url)), words(alma.get(f"{url}?stelle=anbieter-beispiel"))
    assert "Darf ______________________________ Ihren Entlassungstag erfahren? Sie entscheiden." in blank
    assert "Darf Beratungsstelle Beispielhaus Ihren Entlassungstag erfahren? Sie entscheiden." in filled
    assert "Mitteilung des Entlassungstermins an Beratungsstelle Beispielhaus" in filled
    assert alma.get(f"{url}?stelle=gibt-es-nicht").status_code == 404


def test_minors_are_not_alone(alma, people, words):
    minor = case_for(people.alma, born_on=date(2008, 12, 24), state=State.SCREENING)
    assert "gesetzlichen Vertretung" in words(alma.get(reverse("paper_sheet", args=[minor.number, "daten"])))


def test_list_and_wording(alma, case, words):
    said = words(alma.get(reverse("papers", args=[case.number])))
    assert "Aufnahmebogen" in said and "Teilnahmevereinbarung" in said
    assert "nach der letzten Entlassung: 5 Jahre" in words(alma.get("/informationsblatt/"))


def test_unknown_sheets_and_hidden_files_are_not_found(alma, people, client_of, case):
    assert alma.get(reverse("paper_sheet", args=[case.number, "unsinn"])).status_code == 404
    for name, rest in (("papers", []), ("paper_sheet", ["daten"])):
        assert client_of(people.cem).get(reverse(name, args=[case.number, *rest])).status_code == 404
