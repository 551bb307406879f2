import pytest

from ina.base.errors import Invalid
from ina.documents.leaks import Names, find_leaks, house_names, require_neutral, words_that_betray
from tests.documents.test_typeset import letter

BETRAYS_TEXT = """
JVA Justizvollzugsanstalt Haft Haftentlassung Haftanstalt Häftling Haeftling Untersuchungshaft U-Haft
inhaftiert verhaftet Gefängnis Gefaengnis Gefängnisses Strafgefangener Gefangene Gefangenen Strafvollzug
Vollzug Vollzugsplan Maßregelvollzug Justiz Justizvollzug Entlassung entlassen Haftentlassene Bewährung
Bewährungshelferin Bewährungshilfe Straftat Strafe vorbestraft Freiheitsstrafe Ersatzfreiheitsstrafe Knast
Knacki Insasse Insassin Insassen Freigang Freigänger Anstalt Anstaltsleitung Jugendstrafanstalt Zuchthaus
Führungsaufsicht Resozialisierung Übergangsmanagement Buchnummer Buchnr. Freiheitsentzug Sicherungsverwahrung
Arrest Jugendarrest Verurteilung verurteilt Delikt Kriminologischer Haftraum Haftzeit hafterfahren Haftbefehl
HAFT haft. Prison inmate jail probation StVollzG JGG Werkdienst Gewahrsam straffällig Vollzugsabteilungsleiter
Haftverbüßung Staatsanwaltschaft Klingelpütz Zelle Hafturlaub Gerichtshilfe forensisch
"""
BETRAYS = BETRAYS_TEXT.split()
HARMLESS_TEXT = """
Haftpflicht Haftpflichtversicherung Haftgrund Haftvermittler Haftputz Haftbrücke Haftnotiz Haftung haften
haftet gewissenhaft vorteilhaft dauerhaft fehlerhaft lebhaft Mannschaft Gesellschaft Wirtschaft Bürgschaft
Handwerkerschaft Vollzugriff Strafzettel straff gestrafft Straffung Strafraum Trafo Ortsnetztrafo
Vertragsstrafe Klinker Veranstaltung veranstalten angefangen aufgefangen empfangen abgefangen bewährt
Bewährtes Entlastung Schulentlassung Justiziar Ina Carina Beurteilung Vorurteil geschäftlich Beschäftigung
Befangenheit Brennstoffzelle Zellstoff Anstellung Installateur Wohltäter delikat Haftkleber selbsthaftend
Bestrahlung abstrahieren Transport Chinafahrten Mitarbeiter Klingel Bewahrung Bewehrung Haftfestigkeit
Werkmeister Schlosser Schließanlage Schweißer entlasten Zeitarbeit Jobcenter Gefahrgut
"""
HARMLESS = HARMLESS_TEXT.split()


@pytest.mark.parametrize("word", BETRAYS)
def test_a_word_that_betrays_is_found(word):
    assert words_that_betray(f"Seit 2024 war ich dort ({word}), dann nicht mehr.")


@pytest.mark.parametrize("word", HARMLESS)
def test_a_false_friend_does_not_block(word):
    assert words_that_betray(f"Ich kenne {word} und arbeite gern.") == []


@pytest.mark.parametrize(
    "text",
    [
        "im Ge-\nfängnis gelernt",
        "im Ge\u00adfängnis gelernt",
        "im Gefäng\nnis gelernt",
        "in der J V A Köln",
        "in der J.V.A. Köln",
        "in H a f t gewesen",
        "hinter  Gittern",
        "hinter\nGittern",
        "im Strafvoll\u200bzug",
        "in der JVA-Küche",
        "Metallkurs (Vollzugs-\nschule)",
        "Akte 2026-00417",
        "Az. 12 Js 345/25",
        "INA-Team",
        "Gefa\u0308ngnis",
        "ＪＶＡ",
    ],
)
def test_disguises_are_seen_through(text):
    assert words_that_betray(text)


def test_ordinary_letters_are_harmless():
    said = (
        "Guten Tag, Frau Feilhagen, ich schweiße MAG und WIG. Die Prüfung nach DIN EN ISO 9606-1 bestand ich am\n"
        "12.02.2027, davor 2019–2024 Metallmontage. Telefon 0171 3920044, Kalker Lindenweg 14, 51103 Köln. Klasse B,\n"
        "Stapler-\nschein, Haftpflicht vorhanden. Ich fange gern früh an und bin gewissen-\nhaft."
    )
    assert words_that_betray(said) == []


def test_names_numbers_and_streets_of_a_prison_are_found():
    names = Names(frozenset({"beispielstrasse 350"}), frozenset({"02214710"}), frozenset({"jva-x.example"}))
    assert words_that_betray("Beispielstr. 350, 50827 Köln", names=names)
    assert words_that_betray("Beispielstraße 350", names=names)
    assert words_that_betray("Telefon (0221) 4710-123", names=names)
    assert words_that_betray("+49 221 4710 99", names=names)
    assert words_that_betray("Beispielstraße 35 und 0221 5710-123", names=names) == []


@pytest.mark.django_db
def test_the_prisons_of_the_directory_are_known():
    names = house_names()
    assert len(names.phrases) > 20
    assert words_that_betray("Aachener Str. 47", names=names)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"paragraphs": ["Ich war im Strafvollzug."]}, "Seite 1"),
        ({"title": "Brief aus der JVA"}, "Angaben zur Datei"),
        ({"author": "JVA Köln"}, "Angaben zur Datei"),
    ],
)
def test_a_paper_is_searched_everywhere(said, where):
    found = find_leaks(letter(**said), "Bewerbung_Wrede.pdf")
    assert where in {leak.where for leak in found}


def test_the_file_name_counts():
    assert [leak.where for leak in find_leaks(letter(), "Brief_JVA_Koeln.pdf")] == ["Dateiname"]


def test_a_clean_paper_passes_and_a_hit_is_named_with_its_place():
    require_neutral(letter(), "Bewerbung_Wrede.pdf")
    with pytest.raises(Invalid, match=r"Seite 1: „Haft“"):
        require_neutral(letter(paragraphs=["Nach der Haft lernte ich weiter."]), "Bewerbung_Wrede.pdf")
