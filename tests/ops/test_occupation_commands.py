"""``import_occupations`` and ``find_occupation``: all or nothing, twice the same, clear errors, fractions."""

import json

import pytest
from django.core.management import CommandError, call_command

from ina.ops.answers import NOT_PERMITTED, UNUSABLE
from ina.reference.models import Occupation, OccupationGroup

pytestmark = pytest.mark.django_db

GROUPS = "kldb,ebene,titel,kurztitel\n9,1,Kultur,Kultur\n94512,5,Bühnentechnik – Fachkraft,Bühne\n"
MEANINGS = (
    "kldb,ebene,allgemeine_bemerkungen,einschluesse\n94512,5,Sie bauen auf&#44; z.&nbsp;B. Bühnen.,Kulissen stellen\n"
)
NAMES = (
    "berufenet_id,dkz,kldb,hochschulberuf,bezeichnung_neutral,bezeichnung_kurz\n"
    "1,B 9-1,94512,0,Kulissenheber,Kulissenheber/in\n"
)


@pytest.fixture
def written(tmp_path):
    def write(**files: str):
        paths = []
        for name, text in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        return paths

    return write


def answered(capsys, *arguments, **options):
    call_command(*arguments, "--json", **options)
    return json.loads(capsys.readouterr().out)


def refused(*arguments, **options) -> CommandError:
    with pytest.raises(CommandError) as refusal:
        call_command(*arguments, **options)
    return refusal.value


def test_official_files_are_loaded_in_any_order_and_found_at_once(capsys, written):
    assert answered(capsys, "find_occupation", "Kulisenheber")[0]["title"] != "Kulissenheber/in"
    paths = written(names=NAMES, meanings=MEANINGS, groups=GROUPS)
    files = answered(capsys, "import_occupations", *paths)["files"]
    assert [(one["kind"], one["rows"]) for one in files] == [("kldb", 2), ("kldb_explanations", 1), ("dkz", 1)]
    hits = answered(capsys, "find_occupation", "Kulisenheber")
    assert hits[0]["title"] == "Kulissenheber/in" and hits[0]["kldb"] == "94512" and len(hits) <= 5
    group = OccupationGroup.objects.get(kldb="94512")
    assert group.remarks == "Sie bauen auf, z.\xa0B. Bühnen." and group.includes == "Kulissen stellen"


def test_the_same_files_again_change_nothing(capsys, written):
    paths = written(names=NAMES, meanings=MEANINGS, groups=GROUPS)
    call_command("import_occupations", *paths)
    capsys.readouterr()
    for one in answered(capsys, "import_occupations", *paths)["files"]:
        assert (one["added"], one["changed"], one["removed"], one["unchanged"]) == (0, 0, 0, one["rows"])


def test_a_name_that_a_new_edition_lacks_goes_and_what_the_house_delivers_stays(capsys, written):
    before = Occupation.objects.count()
    call_command("import_occupations", *written(names=NAMES))
    other = NAMES.replace("B 9-1", "B 9-2").replace("Kulissenheber", "Vorhangzieher")
    capsys.readouterr()
    (one,) = answered(capsys, "import_occupations", *written(names=other))["files"]
    assert (one["added"], one["removed"]) == (1, 1) and Occupation.objects.count() == before + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "leer"),
        ("a,b\n1,2\n", "Kopfzeile passt zu keiner"),
        (NAMES.replace("94512", "9451"), "Zeile 2, kldb"),
        (NAMES + "2,,94512,0,X,X\n", "Zeile 3, dkz"),
        (NAMES + "2,B 9-1,94512,0,X,X\n", "Zeile 3"),
        (GROUPS + "451,5,Schief,Schief\n", "Zeile 4, ebene"),
        (GROUPS.splitlines()[0], "keine Zeile"),
        ("dkz,kldb,bezeichnung_kurz\nB 1,94512,zu,viel\n", "Zeile 2"),
    ],
)
def test_one_wrong_line_and_nothing_is_loaded(written, text, said):
    groups, occupations = OccupationGroup.objects.count(), Occupation.objects.count()
    error = refused("import_occupations", *written(good=MEANINGS, bad=text))
    assert said in str(error) and "bad.csv" in str(error) and error.returncode == UNUSABLE
    assert (OccupationGroup.objects.count(), Occupation.objects.count()) == (groups, occupations)


def test_bytes_that_are_no_text_and_a_missing_file_are_named(tmp_path):
    file = tmp_path / "kaputt.csv"
    file.write_bytes(b"kldb,ebene,titel\n9,1,K\x00\x00ultur\xc3\n")
    assert refused("import_occupations", str(file)).returncode == UNUSABLE
    assert "lässt sich nicht lesen" in str(refused("import_occupations", str(tmp_path / "fehlt.csv")))


def test_two_files_of_one_kind_are_refused(written):
    assert "dieselbe Liste" in str(refused("import_occupations", *written(one=NAMES, two=NAMES)))


def test_who_is_no_administrator_loads_nothing(written):
    assert refused("import_occupations", *written(names=NAMES), "--as", "niemand").returncode == NOT_PERMITTED


def test_the_evaluation_answers_in_fractions_of_the_four_digit_group(capsys, written):
    file = written(samples="text,kldb\nTapezierer,3321\nMaurrer,32122\nTapezierer,9999\nxqzv,3321\n")[0]
    assert answered(capsys, "find_occupation", "--evaluate", file) == {"n": 4, "top1": 0.5, "top5": 0.5}
    call_command("find_occupation", "--evaluate", file)
    assert "4 Bezeichnungen" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [("text,kldb\nMaurer,12\n", "Zeile 2, kldb"), ("text,nummer\nMaurer,3212\n", "„kldb“"), ("text,kldb\n", "keine"),
     ("text,kldb\n,3212\n", "Zeile 2, text")],
)  # fmt: skip
def test_a_sample_file_that_is_wrong_is_named(written, text, said):
    error = refused("find_occupation", "--evaluate", *written(samples=text))
    assert said in str(error) and error.returncode == UNUSABLE


def test_either_a_text_or_a_file(written):
    assert "entweder" in str(refused("find_occupation"))


def test_no_words_find_nothing(capsys):
    assert answered(capsys, "find_occupation", "???") == []
    call_command("find_occupation", "???")
    assert "Kein Beruf" in capsys.readouterr().out
