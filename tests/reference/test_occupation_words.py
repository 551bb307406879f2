"""Wordings of occupations as comparable words; the index over them."""

import pytest

from ina.reference.occupation_matching import Index, Wording
from ina.reference.occupation_words import sound, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Helfer (m/w/d) Lager/Logistik in Vollzeit ab sofort", ["helfer", "lager", "logistik"]),
        ("Maurer/in", ["maurer"]),
        ("Maurer*in gesucht!", ["maurer"]),
        ("Köchin", ["koch"]),
        ("Kaufmann/-frau - Einzelhandel", ["kaufmann", "einzelhandel"]),
        ("Kfm. im Einzelhandel", ["kaufmann", "einzelhandel"]),
        ("Hausmeister/Hausmeisterin", ["hausmeister"]),
        ("war auf dem Bau", ["bau"]),
        ("Straßenbauer", ["strassenbauer"]),
        ("C# Entwickler", ["csharp", "entwickler"]),
        ("Café-Hilfe", ["cafe", "hilfe"]),
        ("(m/w/d)", []),
    ],
)
def test_what_says_nothing_falls_away(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(("one", "other"), [("schweiser", "schweisser"), ("kranfuerer", "kranfuehrer")])
def test_what_sounds_alike_is_spelt_alike(one, other):
    assert sound(one) == sound(other)


@pytest.fixture(scope="module")
def index() -> Index:
    said = [("51311", "Lagerhelfer"), ("51312", "Fachkraft Lagerlogistik"), ("24422", "Schweißer"), ("32122", "Maurer"),
            ("29301", "Küchenhilfe"), ("12102", "Gärtner"), ("52531", "Gabelstapler Fahrer")]  # fmt: skip
    return Index([Wording(kldb, tuple(words_of(text)), 1.0) for kldb, text in said])


@pytest.mark.parametrize(
    ("text", "group"),
    [("Schweiser", "2442"), ("Helfer im Lager", "5131"), ("Maurrer", "3212"), ("Gabelstaplerfahrer", "5253"),
     ("Kuechenhilfe m/w/d", "2930"), ("gärtnr", "1210")],
)  # fmt: skip
def test_slips_phrases_and_compounds_are_forgiven(index, text, group):
    assert index.groups[index.find(text)[0].at] == group


def test_each_group_is_found_once_and_never_more_than_asked(index):
    found = index.find("Lager Helfer Fachkraft Fahrer", 3)
    groups = [index.groups[one.at] for one in found]
    assert len(groups) == len(set(groups)) <= 3 and found == sorted(found, key=lambda one: -one.score)


@pytest.mark.parametrize("text", ["", "???", "  ", "x", "\x00", "ß" * 5000, "a " * 5000])
def test_nothing_and_too_much_do_no_harm(index, text):
    assert len(index.find(text)) <= 5


def test_an_index_of_nothing_finds_nothing():
    assert Index([]).find("Maurer") == []
