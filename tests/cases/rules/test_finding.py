"""Search that forgives spelling: what must be found, what must not, and how many keys it costs."""

import random
from statistics import mean

import pytest

from ina.base.names import sort_key
from ina.cases.rules.finding import asked, cost_of, distance, find_keys, fit, fold

SLIP, WORD = "ähnlich geschrieben", ""

# What is typed, surname, given name, and why it was found.
FOUND = [
    # umlauts and ß in any spelling
    ("Müller", "Müller", "Anna", WORD),
    ("Mueller", "Müller", "Anna", WORD),
    ("Muller", "Müller", "Anna", WORD),
    ("Müller", "Mueller", "Anna", WORD),
    ("MÜLLER", "Müller", "Anna", WORD),
    ("mü", "Müller", "Anna", WORD),
    ("Gross", "Groß", "Anna", WORD),
    ("Göthe", "Goethe", "Anna", WORD),
    ("Jaeger", "Jäger", "Anna", WORD),
    ("Oelmuehle", "Ölmühle", "Anna", WORD),
    # letters of other languages, with and without their signs
    ("Yildiz", "Yıldız", "Anna", WORD),
    ("Yıldız", "Yildiz", "Anna", WORD),
    ("Sahin", "Şahin", "Anna", WORD),
    ("Schahin", "Şahin", "Anna", SLIP),
    ("Celik", "Çelik", "Anna", WORD),
    ("Dogan", "Doğan", "Anna", WORD),
    ("Wojcik", "Wójcik", "Anna", WORD),
    ("Lukasz", "Nelke", "Łukasz", "Vorname"),
    ("Dabrowski", "Dąbrowski", "Anna", WORD),
    ("Kowalsky", "Kowalski", "Anna", SLIP),
    ("Dordevic", "Đorđević", "Anna", WORD),
    ("Noel", "Nelke", "Noël", "Vorname"),
    ("Иванов", "Иванов", "Anna", WORD),
    # order, comma, parts, beginnings
    ("Müller Anna", "Müller", "Anna", WORD),
    ("Anna Müller", "Müller", "Anna", WORD),
    ("Müller, Anna", "Müller", "Anna", WORD),
    ("anna mül", "Müller", "Anna", WORD),
    ("mül an", "Müller", "Anna", WORD),
    ("Müller A.", "Müller", "Anna", WORD),
    ("Ann", "Müller", "Anna", "Beginn des Vornamens"),
    ("Lena", "Müller", "Anna Lena", "Vorname"),
    ("Acker", "Salbei-Acker", "Juniper", WORD),
    ("Salbei Acker", "Salbei-Acker", "Juniper", WORD),
    ("Salbeiacker", "Salbei-Acker", "Juniper", WORD),
    ("Karlheinz", "Nelke", "Karl-Heinz", "Vorname"),
    ("Karl Heinz", "Nelke", "Karlheinz", "Vorname"),
    ("Heinz Nelke", "Nelke", "Karl-Heinz", WORD),
    ("van den Berg", "van den Berg", "Max", WORD),
    ("Berg", "van den Berg", "Max", WORD),
    ("Vandenberg", "van den Berg", "Max", WORD),
    ("Hassan", "Al-Hassan", "Omar", WORD),
    ("El Hassan", "Al-Hassan", "Omar", WORD),
    ("Alhassan", "Al-Hassan", "Omar", WORD),
    ("Abdul Rahman", "Abdulrahman", "Omar", WORD),
    ("OConnor", "O'Connor", "Sean", WORD),
    # sounds alike
    ("Meier", "Mayer", "Anna", SLIP),
    ("Maier", "Meyer", "Anna", SLIP),
    ("Schmidt", "Schmitt", "Anna", SLIP),
    ("Schmid", "Schmidt", "Anna", WORD),
    ("Schulz", "Schultze", "Anna", SLIP),
    ("Filip", "Philipp", "Anna", SLIP),
    ("Katarina", "Nelke", "Catharina", SLIP),
    ("Jildis", "Yıldız", "Anna", SLIP),
    ("Stefan", "Nelke", "Stephan", SLIP),
    ("Dmitri", "Nelke", "Dimitrij", SLIP),
    # transposed, missing, doubled, wrong
    ("Mulelr", "Müller", "Anna", SLIP),
    ("Müler", "Müller", "Anna", SLIP),
    ("Mülller", "Müller", "Anna", SLIP),
    ("Mütter", "Müller", "Anna", SLIP),  # double letters are one
    ("Möller", "Müller", "Anna", SLIP),
    ("Shcmidt", "Schmidt", "Anna", SLIP),
    ("Schmdt", "Schmidt", "Anna", SLIP),
    ("Schmiddt", "Schmidt", "Anna", SLIP),
    ("Schmigt", "Schmidt", "Anna", SLIP),
    ("Lewandoswki", "Lewandowski", "Anna", SLIP),
    ("Lewandowksi", "Lewandowski", "Anna", SLIP),
    ("Xewandowski", "Lewandowski", "Anna", SLIP),
    ("Zimmerman", "Zimmermann", "Anna", WORD),
    ("Zimermann", "Zimmermann", "Anna", SLIP),
    ("Anan Müller", "Müller", "Anna", SLIP),
    ("Amna", "Müller", "Anna", SLIP),
    ("Mehmt Kaya", "Kaya", "Mehmet", SLIP),
    ("Kya", "Kaya", "Mehmet", SLIP),
]
NOT_FOUND = [
    ("Meier", "Mohr", "Anna"),
    ("Schmidt", "Schneider", "Anna"),
    ("Schulz", "Scholle", "Anna"),
    ("Müller", "Maurer", "Anna"),
    ("Ali", "Elo", "Anna"),
    ("Ali", "Nelke", "Olaf"),
    ("Tim", "Nelke", "Tom"),
    ("Becker", "Fischer", "Anna"),
    ("Müller Bert", "Müller", "Anna"),
    ("Müller Anna Anna", "Müller", "Anna"),
    ("Koch", "Kaya", "Anna"),
    ("Roth", "Reith-Otto", "Anna"),
    ("Nelke", "Nessel", "Anna"),
    ("Müller X", "Müller", "Anna"),
    ("Robin", "Rübe", "Ann"),
]


def collected(typed, surname, given, others=()) -> bool:
    """As the database collects candidates by the stored keys."""
    query, stored = asked(typed), set(find_keys(surname, given, others))

    def by(words) -> bool:
        return bool(words) and all(stored & set(keys) for keys in words)

    return by(query.exact) or by(query.similar) or bool(stored & set(query.joined))


@pytest.mark.parametrize(("typed", "surname", "given", "because"), FOUND)
def test_what_is_typed_finds_the_person(typed, surname, given, because):
    found = fit(asked(typed), surname, given)
    assert found is not None and found.because == because
    assert collected(typed, surname, given), "the keys do not collect whom the comparison would accept"
    assert cost_of(asked(typed), sort_key(f"{surname} {given}")) is not None, "lost by the key of the list row"


@pytest.mark.parametrize(("typed", "surname", "given"), NOT_FOUND)
def test_nonsense_is_not_found(typed, surname, given):
    assert fit(asked(typed), surname, given) is None


def test_the_better_fit_comes_first():
    people = [("Muehler", "Otto"), ("Nelke", "Müllert"), ("Müllerhoff", "Jan"), ("Müller", "Zoe"), ("Miller", "Eva")]
    costs = [fit(asked("Müller"), *person).cost for person in people]
    assert costs[3] < costs[2] < costs[1] < costs[0] == costs[4]


def test_another_name_is_named_as_the_reason_and_comes_behind():
    found = fit(asked("Beifuß"), "Salbei", "Juniper", ["Juniper Beifuss", "Distel"])
    assert found.because == "weiterer Name: Juniper Beifuss"
    assert collected("Beifuß", "Salbei", "Juniper", ["Juniper Beifuss"])
    assert fit(asked("Juniper"), "Salbei", "Juniper", ["Juniper Beifuss"]).because == "Vorname"
    assert found.cost > fit(asked("Beifuß"), "Beifuss", "Jan").cost
    assert fit(asked("Juniper Beifuss"), "Salbei", "Juniper", ["Beifuss"]) is not None


def test_keys_of_other_names_are_marked_and_asked_for():
    keys = find_keys("Salbei", "Juniper", ["Beifuß"])
    assert "+beifus" in keys and "beifus" not in keys and "salbei" in keys
    assert "+beifus" in asked("Beifuß").of_others and "beifus" not in asked("Beifuß").of_others


@pytest.mark.parametrize("typed", ["", " ", "-", "12", "…", "’"])
def test_what_is_no_name_asks_for_nothing(typed):
    assert not asked(typed) and not find_keys(typed, typed)


@pytest.mark.parametrize("typed", ["ö", "a", "Oe", "A. B."])
def test_single_letters_have_no_keys(typed):
    assert asked(typed) and asked(typed).exact == asked(typed).similar == ()


def test_the_fold_of_a_beginning_is_a_beginning_of_the_fold():
    chance = random.Random(3)
    for _ in range(2000):
        word = "".join(chance.choice("aaeeoouulmnrs") for _ in range(chance.randint(1, 9)))
        end = chance.randint(1, len(word))
        assert fold(word).startswith(fold(word[:end]))


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [("", "", 0), ("kaya", "kaya", 0), ("kaya", "kya", 1), ("kaya", "akya", 1), ("kaya", "kama", 1), ("ab", "ba", 1),
     ("kaya", "xaxa", 2), ("kaya", "nelke", 3), ("a", "abcd", 3)],
)  # fmt: skip
def test_distance_counts_slips_up_to_the_limit(a, b, apart):
    assert distance(a, b, 2) == distance(b, a, 2) == min(apart, 3)


SURNAMES = """
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Bauer Richter Klein Schröder Neumann
Zimmermann Braun Krüger Hartmann Lange Köhler Herrmann König Walter Peters Möller Schubert Friedrich Keller Günther
Yılmaz Demir Şahin Yıldırım Öztürk Aydın Özdemir Arslan Nowak Kowalski Wiśniewski Lewandowski Kamiński Petrović
Hadžić Popescu Hussein Mohammed Nguyen Salbei-Acker Sokolov Haddad Zieliński Wojciechowski
""".split()  # noqa: SIM905
GIVEN = "Ali Mehmet Mustafa Anna Peter Michael Alexander Markus Sebastian Philipp Jürgen Karl-Heinz Krzysztof".split()  # noqa: SIM905


def test_nine_of_ten_slips_are_found_by_some_25_keys_a_person():
    """One slip of any kind in any place, of names as they are common here; made at random, the same each time."""
    chance, letters = random.Random(11), "abcdefghijklmnoprstuvwz"
    slips = [
        lambda w, i: w[:i] + w[i + 1 :],
        lambda w, i: w[:i] + chance.choice(letters) + w[i:],
        lambda w, i: w[:i] + chance.choice(letters) + w[i + 1 :],
        lambda w, i: w[:i] + w[i] + w[i:],
        lambda w, i: w[: max(i - 1, 0)] + w[i] + w[i - 1 : i] + w[i + 1 :],
    ]
    tried = found = 0
    for surname in SURNAMES:
        for slip in slips:
            for place in range(len(surname)):
                typed = slip(surname, place)
                tried += 1
                found += collected(typed, surname, "Anna") and fit(asked(typed), surname, "Anna") is not None
    assert found / tried > 0.95
    keys = [len(find_keys(surname, given)) for surname in SURNAMES for given in GIVEN]
    assert mean(keys) < 27 and max(keys) < 50
    assert len(find_keys("Salbei-Acker-Distel", "Karl-Heinz Otto", [f"Beifuß{n} Quendel" for n in "abcdefghi"])) <= 90
