"""Keys of organisations, how they are found, how long a check counts."""

from datetime import date
from types import SimpleNamespace

import pytest

from ina.institutions.enums import Kind, Standing
from ina.institutions.rules import make_key, near_words, search_key, spellings, standing


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        (Kind.PRISON, "Justizvollzugsanstalt Düsseldorf", "jva-duesseldorf"),
        (Kind.JOBCENTER, "Jobcenter Märkischer Kreis", "jc-maerkischer-kreis"),
        (Kind.FIRM, "Metallbau Lehmann & Söhne GmbH", "betrieb-metallbau-lehmann-soehne-gmbh"),
        (Kind.FIRM, "Betrieb Straßenbau", "betrieb-strassenbau"),
        (Kind.PROVIDER, "Café Łódź", "anbieter-cafe-odz"),
        (Kind.OTHER, "株式会社", "stelle"),
    ],
)
def test_make_key(kind, name, key):
    assert make_key(kind, name) == key


def test_make_key_numbers_what_is_taken():
    assert make_key(Kind.FIRM, "Muster", {"betrieb-muster", "betrieb-muster-2"}) == "betrieb-muster-3"


def test_make_key_stays_short():
    assert len(make_key(Kind.FIRM, "Sehr langer Name " * 20)) <= 70


# --- how it is found, how long a check counts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written", "near"),
    [
        ("dusseldrof", "duesseldorf", True),
        ("dusseldrof", "dusseldorf", True),
        ("Düseldorf", "dusseldorf", True),
        ("bonn", "born", True),
        ("bon", "bonn", False),
        ("bonn", "bonnen", False),
        ("vohwinkle", "vohwinkel", True),
        ("gelsenkirchn", "gelsenkirchen", True),
        ("40472", "40473", False),
    ],
)
def test_a_slip_is_one_letter_or_two_in_long_words(typed, written, near):
    assert (near_words(typed, [written, "etwasganzanderes"]) == [written]) is near


def test_both_spellings_of_umlauts_are_kept_and_numbers_begin_a_word():
    one = SimpleNamespace(
        name="Jobcenter Köln", short_name="JC Köln", street="", postcode="50667", town="Köln", key="jc-koeln",
        official_number="35502",
    )  # fmt: skip
    key = search_key(one)
    assert " koeln" in key and " koln" in key and " 50667" in key
    assert spellings("Köln") == ("koeln", "koln") and spellings("506") == (" 506",)


@pytest.mark.parametrize(
    ("checked", "before", "expected"),
    [
        (None, None, Standing.NEVER),
        (None, date(2026, 1, 1), Standing.CHANGED),
        (date(2026, 5, 23), None, Standing.OLD),
        (date(2026, 5, 24), None, Standing.CHECKED),
        (date(2026, 11, 23), date(2026, 1, 1), Standing.CHECKED),
    ],
)
def test_a_check_counts_until_it_is_old(checked, before, expected):
    assert standing(checked, before, stale_on=date(2026, 5, 23)) is expected
