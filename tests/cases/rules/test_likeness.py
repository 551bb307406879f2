"""Finding the same person across walls: sound, keys, score."""

from dataclasses import replace
from datetime import date

import pytest

from ina.cases.rules.likeness import (
    LIKELY,
    POSSIBLE,
    WEIGHTS,
    KeyKind,
    MatchKey,
    Sheet,
    cologne,
    match_keys,
    score,
    words_of,
)

BORN = date(1998, 5, 14)
JANNIS = Sheet("Erlenkamp", "Jannis", born_on=BORN, sex="m", birth_place="Solingen")


def keys_of(kind, surname="", given="", birth="", aliases=(), former=()):
    return {key.value for key in match_keys(surname, given, birth, aliases, former) if key.kind == kind}


# --- sound --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        # The published examples of the method.
        ("Wikipedia", "3412"),
        ("Müller-Lüdenscheidt", "65752682"),
        ("Breschnew", "17863"),
        # Each rule that looks at neighbours.
        ("Philipp", "351"),
        ("Xaver", "4837"),
        ("Axt", "0482"),
        ("Cäsar", "487"),
        ("Celik", "854"),
        ("Cremer", "4767"),
        ("Scholz", "858"),
        ("Seitz", "88"),
        ("Becker", "147"),
        ("Tschirner", "8767"),
        ("Hahn", "06"),
        ("", ""),
        ("Иванов", ""),
    ],
)
def test_cologne_code(name, code):
    assert cologne(name) == code


@pytest.mark.parametrize(
    "spellings",
    [
        ["Müller", "Mueller", "Muller", "Möller", "MÜLLER"],
        ["Meier", "Maier", "Meyer", "Mayr"],
        ["Schmidt", "Schmitt", "Schmid"],
        ["Weiß", "Weiss", "Weis"],
        ["Yılmaz", "Yilmaz", "Jilmaz"],
        ["Öztürk", "Oeztuerk", "Ozturk"],
        ["Wałęsa", "Walesa"],
        ["Çelik", "Celik"],
        ["Mohamed", "Muhammad", "Mohammed"],
        ["El-Khatib", "Al Khatib", "Khatib", "el Khateeb"],
        ["von der Heide", "Heide"],
        ["van den Berg", "Berg"],
        ["O’Neill", "ONeill", "O'Neil"],
    ],
)
def test_spellings_that_sound_alike(spellings):
    assert len({cologne(name) for name in spellings}) == 1


def test_words_of_a_name():
    assert words_of("  Müller–Lüdenscheidt ") == ["mueller", "luedenscheidt"]
    assert words_of("Mu\u0308ller") == words_of("Müller")
    assert words_of("Dr. von Weiß") == ["weiss"]
    assert words_of("El") == ["el"]  # a particle alone is a name
    assert words_of("İbrahimoğlu") == ["ibrahimoglu"]
    assert words_of("12 '") == []


# --- keys ---------------------------------------------------------------------------------------------------------


def test_keys_of_an_ordinary_name():
    assert match_keys("Erlenkamp", "Jannis Karl", "", [], []) == [
        MatchKey(KeyKind.GIVEN, "janniskarl"),
        MatchKey(KeyKind.GIVEN_FIRST, "jannis"),
        MatchKey(KeyKind.GIVEN_PART, "jannis"),
        MatchKey(KeyKind.GIVEN_PART, "karl"),
        MatchKey(KeyKind.GIVEN_SOUND, "068"),
        MatchKey(KeyKind.SURNAME, "erlenkamp"),
        MatchKey(KeyKind.SURNAME_SOUND, "0756461"),
        MatchKey(KeyKind.WHOLE, "erlenkamp jannis"),
        MatchKey(KeyKind.WHOLE, "erlenkamp jannis karl"),
    ]


def test_given_names_keep_words_that_are_particles_in_surnames():
    assert keys_of(KeyKind.GIVEN_FIRST, "Ahorn", "Ben Luca") == {"ben"}


def test_halves_of_a_double_name_are_other_names():
    assert keys_of(KeyKind.SURNAME, "Meier-Schulz", "Anna") == {"meierschulz"}
    assert keys_of(KeyKind.OTHER, "Meier-Schulz", "Anna") == {"meier", "schulz"}


@pytest.mark.parametrize("alias", ["Mustafa von der Heide", "von der Heide, Mustafa"])
def test_an_alias_is_read_in_both_orders(alias):
    assert keys_of(KeyKind.OTHER, "Ahorn", "Ali", aliases=[alias]) == {"heide"}
    assert "heide mustafa" in keys_of(KeyKind.WHOLE, "Ahorn", "Ali", aliases=[alias])


def test_names_that_say_too_little_have_no_sound():
    assert keys_of(KeyKind.GIVEN_SOUND, "Ahorn", "Ali") == set()
    assert keys_of(KeyKind.WHOLE, "Ali", aliases=["Ali"]) == set()


def test_nothing_known_has_no_keys():
    assert match_keys("", " ", "", ["", "-"], [""]) == []


def test_keys_fit_their_columns():
    keys = match_keys("x" * 500, "y" * 500, "", ["z " * 400], [])
    assert max(len(key.value) for key in keys) <= 160
    assert max(len(kind) for kind in KeyKind) <= 16


# --- score --------------------------------------------------------------------------------------------------------


def test_everything_equal_is_certain():
    assert score(JANNIS, JANNIS) == 100


CASES = [
    # (what, changes of the second sheet, score)
    ("no birth place", {"birth_place": ""}, 95),
    ("twin brother", {"given_name": "Fabian"}, 50),
    ("twin sister", {"given_name": "Linda", "sex": "w"}, 40),
    ("twins that sound alike are no likely match", {"given_name": "Jonas"}, 84),
    ("missing birth date", {"born_on": None}, 60),
    ("other birth date", {"born_on": date(1971, 11, 2)}, 20),
    ("day and month exchanged", {"born_on": date(1998, 12, 4)}, 20),
    ("one digit", {"born_on": date(1998, 5, 15)}, 85),
    ("one digit of the year", {"born_on": date(1988, 5, 14)}, 85),
    ("names exchanged", {"surname": "Jannis", "given_name": "Erlenkamp"}, 90),
    ("second given name", {"given_name": "Jannis Karl"}, 95),
    ("second given name first", {"given_name": "Karl Jannis"}, 95),
    ("surname by ear", {"surname": "Erlenkampp"}, 95),
    ("other surname", {"surname": "Buche"}, 55),
    ("somebody else", {"surname": "Buche", "given_name": "Fabian", "born_on": date(1971, 11, 2)}, 0),
    ("sex contradicts", {"sex": "w"}, 90),
    ("sex not known", {"sex": "u"}, 100),
    ("through an alias", {"surname": "Buche", "aliases": ["Jannis Erlenkamp"]}, 92),
    ("given name unknown", {"given_name": ""}, 75),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_score(changes, expected):
    other = replace(JANNIS, **changes)
    assert score(JANNIS, other) == expected
    assert score(other, JANNIS) == expected


def test_day_and_month_exchanged():
    a, b = replace(JANNIS, born_on=date(1998, 5, 12)), replace(JANNIS, born_on=date(1998, 12, 5))
    assert score(a, b) == 90


def test_twins_are_not_the_same():
    twin = replace(JANNIS, given_name="Fabian")
    assert score(JANNIS, twin) < POSSIBLE
    shared_second = score(replace(JANNIS, given_name="Ali Mohamed"), replace(JANNIS, given_name="Hassan Mohamed"))
    assert shared_second < POSSIBLE
    assert score(replace(JANNIS, given_name="Tim"), replace(JANNIS, given_name="Tom")) < LIKELY


def test_marriage_changes_the_surname():
    before = Sheet("Linde", "Anna", born_on=BORN, sex="w")
    after = Sheet("Buche", "Anna", birth_name="Linde", born_on=BORN, sex="w")
    double = Sheet("Linde-Buche", "Anna", born_on=BORN, sex="w")
    assert score(before, after) >= LIKELY
    assert score(before, double) >= LIKELY
    assert score(after, double) >= LIKELY


def test_a_changed_given_name_and_sex_are_found_by_the_former_name():
    before = Sheet("Linde", "Anna", born_on=BORN, sex="w")
    after = Sheet("Buche", "Jonas", former=["Anna Linde"], born_on=BORN, sex="m")
    assert POSSIBLE <= score(before, after) < LIKELY


@pytest.mark.parametrize("other", ["Mueller", "Muller", "MÜLLER", "Möller"])
def test_spellings_of_mueller(other):
    a, b = Sheet("Müller", "Thomas", born_on=BORN), Sheet(other, "Thomas", born_on=BORN)
    assert score(a, b) >= LIKELY


def test_spellings_of_mohamed_are_possible():
    a, b = Sheet("Yılmaz", "Mohamed", born_on=BORN), Sheet("Yilmaz", "Muhammad", born_on=BORN)
    assert POSSIBLE <= score(a, b) < LIKELY


def test_missing_birth_date_leaves_it_possible():
    a, b = Sheet("Müller", "Thomas", born_on=BORN), Sheet("Müller", "Thomas")
    assert score(a, b) == POSSIBLE


def test_first_of_january_proves_less():
    new_year = date(1990, 1, 1)
    a, b = Sheet("Ali", "Mohamed", born_on=new_year), Sheet("Ali", "Mohamed", born_on=new_year)
    assert POSSIBLE <= score(a, b) < LIKELY


def test_birth_date_alone_is_nothing():
    assert score(Sheet(born_on=BORN), Sheet(born_on=BORN)) < POSSIBLE
    assert score(Sheet(), Sheet()) == 0


def test_the_table_adds_up_to_certainty():
    assert sum(WEIGHTS[line] for line in ("BORN_EQUAL", "SURNAME", "GIVEN", "PLACE_EQUAL")) == 100
