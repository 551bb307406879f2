from concurrent.futures import ThreadPoolExecutor

import pytest

from ina.base.errors import Invalid
from ina.documents.typeset import NotSet, set_paper
from tests.documents.papers import assert_accessible, read, text_of

LETTER = {
    "title": "Ihr Termin",
    "author": "Alma Beispiel",
    "on": "2026-11-23",
    "office": "Handwerkskammer zu Köln",
    "draft": False,
    "foot": "Handwerkskammer zu Köln",
    "sender": "Handwerkskammer zu Köln · 50667 Köln",
    "address": ["Jobcenter", "Köln"],
    "information": [["Telefon", "0221 4710-100"]],
    "subject": "Ihr Termin",
    "salutation": "Guten Tag,",
    "paragraphs": ["Der Termin ist am 1. Dezember."],
    "closing": "Mit freundlichen Grüßen",
    "signed": "Alma Beispiel",
    "enclosures": [],
}
TEMPLATE = "documents/papers/letter.typ"


def letter(**said) -> bytes:
    return set_paper(TEMPLATE, LETTER | said)


def test_a_letter_is_tagged_titled_and_of_the_standards():
    pdf = letter()
    assert_accessible(pdf)
    assert "Der Termin ist am 1. Dezember." in text_of(pdf)
    assert len(read(pdf).pages) == 1


def test_equal_data_give_equal_bytes():
    assert letter() == letter()
    assert letter() != letter(subject="Anderer Betreff")


def test_what_is_typed_is_never_read_as_source():
    said = '#panic("böse") $x^2$ *fett* `x` \\ <label> @ref #read("/config/keys.py") // weg'
    assert '#panic("böse") $x^2$ *fett*' in text_of(letter(paragraphs=[said]))


def test_names_in_other_alphabets_are_set():
    told = text_of(letter(signed="Nguyễn Жук Şahin Łukasz Δημήτρης"))
    assert "Жук" in told and "Łukasz" in told and "Δημήτρης" in told


def test_a_character_without_a_face_is_named():
    with pytest.raises(Invalid) as refused:
        letter(signed="陳")
    assert "„陳“" in refused.value.message and "Umschrift" in refused.value.message


def test_invisible_characters_are_left_out():
    assert "Alma Beispiel" in text_of(letter(signed="Alma\u200b \u202eBeispiel\x07"))


def test_a_paper_after_one_that_failed_is_set():
    with pytest.raises(Invalid):
        letter(signed="陳")
    assert letter()


def test_a_broken_template_is_named():
    with pytest.raises(NotSet, match="letter"):
        set_paper(TEMPLATE, {})


def test_a_template_cannot_read_outside_the_package():
    with pytest.raises(NotSet):
        set_paper("../pyproject.toml", {})


def test_two_at_once_both_get_theirs():
    with ThreadPoolExecutor(4) as pool:
        papers = list(pool.map(lambda n: text_of(letter(subject=f"Brief {n}")), range(8)))
    assert all(f"Brief {n}" in told for n, told in enumerate(papers))


def test_a_long_letter_takes_pages_and_numbers_them():
    pdf = letter(paragraphs=["Ein Absatz, der etwas sagt. " * 12] * 30)
    count = len(read(pdf).pages)
    assert count > 2 and f"Seite {count} von {count}" in text_of(pdf)
