"""``import_prison_list`` and ``import_running_cases``: what they answer, with which code they give up."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from ina.cases.models import Case, CaseAct, CustodyPeriod, PrisonListRow
from ina.exchange.running_cases import template
from ina.ops.answers import NOT_PERMITTED, UNUSABLE
from tests.exchange.files import number, rows, xlsx

pytestmark = pytest.mark.django_db
HEADING = "Familienname;Vorname;Geburtsdatum;JVA;Buchnummer;TE;Sicherheitsvermerk;Lieblingsfarbe\n"
GOOD = (
    HEADING + "Farn;Kilian;05.05.1990;JVA Düsseldorf;1/26/1;24.10.2027;x;blau\n"
    "Moos;Tilo;06.05.1991;JVA Düsseldorf;1/26/2;24.11.2027;;\n"
)


@pytest.fixture(autouse=True)
def today(clock):
    return clock.moment.date()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "Liste mit Leerzeichen.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def run(capsys, command, *arguments) -> dict:
    """What stands on standard output: one JSON document and nothing else."""
    call_command(command, *map(str, arguments), "--json")
    return json.loads(capsys.readouterr().out)


def listing(capsys, file, *more, prison="jva-duesseldorf", who="alma") -> dict:
    return run(capsys, "import_prison_list", file, "--prison", prison, "--as", who, *more)


def seen(act_as, people, table, who="alma"):
    with act_as(people[who]) as actor:
        return list(table.objects.visible_to(actor).order_by("pk"))


def test_a_list_and_the_same_again(people, act_as, file, capsys):
    file.write_text(
        GOOD
        + "Klee;Jonas;05.06.1990;JVA Köln;1/26/3;;;\nGinster;Uli;31.02.1990;JVA Düsseldorf;1/26/4;;;\n"
        + "Farn;Kilian;05.05.1990;JVA Düsseldorf;1/26/1;24.10.2027;;\n",
        encoding="cp1252",
    )
    found = listing(capsys, file)
    assert {key: found[key] for key in ("read", "new", "changed", "unchanged", "duplicates", "elsewhere")} == {
        "read": 5, "new": 2, "changed": 0, "unchanged": 0, "duplicates": 1, "elsewhere": 1,
    }  # fmt: skip
    assert found["errors"] == [
        {"row": 5, "column": "Geburtsdatum", "value": "31.02.1990", "message": "Dieses Datum gibt es nicht."}
    ]
    assert (found["ignored_columns"], found["dropped_columns"]) == (["Lieblingsfarbe"], ["Sicherheitsvermerk"])
    assert [stay.booking_number for stay in seen(act_as, people, CustodyPeriod)] == ["1/26/1", "1/26/2"]
    again = listing(capsys, file, prison="jva düsseldorf")
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert not seen(act_as, people, PrisonListRow)


def test_changes_are_applied_to_the_own_files_only(people, act_as, file, capsys):
    listing(capsys, file)
    listing(capsys, file, who="bert")
    file.write_text(GOOD.replace("24.10.2027", "24.12.2027"), encoding="utf-8")
    other = listing(capsys, file, who="bert")
    assert (other["changed"], other["unchanged"]) == (1, 1)
    assert [(one["row"], one["house"]) for one in other["not_applied"]] == [(2, "Beispielträger")]
    mine = listing(capsys, file)
    assert (mine["new"], mine["changed"], mine["unchanged"], mine["not_applied"]) == (0, 1, 1, [])
    assert listing(capsys, file)["unchanged"] == 2


def test_a_dry_run_writes_nothing(people, act_as, file, capsys, trail):
    found = listing(capsys, file, "--dry-run")
    assert (found["new"], found["dry_run"]) == (2, True)
    assert not seen(act_as, people, Case) and not seen(act_as, people, PrisonListRow)
    assert not trail("cases.refer_from_list")


def test_excel_and_the_day_of_the_referral(people, act_as, file, capsys):
    file.write_bytes(
        xlsx(rows(("Gefangene", "Buch-Nr."), ("Farn, Kilian", number("12", 2)), ("<c><f>A9</f></c>", "13")))
    )
    found = listing(capsys, file, "--on", "20.11.2026")
    assert (found["new"], [error["row"] for error in found["errors"]]) == (1, [3])
    assert {act.happened_on for act in seen(act_as, people, CaseAct)} == {date(2026, 11, 20)}
    assert seen(act_as, people, CustodyPeriod)[0].booking_number == "00012"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ({"who": "niemand"}, NOT_PERMITTED, "kein aktives Konto"),
        ({"who": "jan"}, NOT_PERMITTED, "liest die Fallführung ein"),
        ({"who": "gero"}, NOT_PERMITTED, "liest die Fallführung ein"),
        ({"prison": "jva-atlantis"}, UNUSABLE, "gibt es nicht"),
        ({"prison": "aa-duesseldorf"}, UNUSABLE, "gibt es nicht"),
    ],
)
def test_who_may_not_and_where_not(people, file, capsys, options, code, said):
    with pytest.raises(CommandError) as caught:
        listing(capsys, file, **options)
    assert caught.value.returncode == code and said in str(caught.value)
    assert said in json.loads(capsys.readouterr().out)["message"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"Name\nx\n", b"%PDF-1.7", b"\x00\x01", b"PK\x03\x04kaputt", b"x" * 50_000_001, None,
        b"Name;Buchnummer\n" + b"a;b\n" * 200_001, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)  # fmt: skip
def test_an_unusable_file_is_said_in_one_sentence(people, act_as, file, capsys, content):
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    for command in ("import_prison_list", "import_running_cases"):
        with pytest.raises(CommandError) as caught:
            run(capsys, command, file, "--prison", "jva-duesseldorf", "--as", "alma")
        assert caught.value.returncode == UNUSABLE
        assert json.loads(capsys.readouterr().out)["message"].endswith(".")
    assert not seen(act_as, people, Case)


@pytest.mark.parametrize(("on", "said"), [("30.11.2026", "Zukunft"), ("31.02.2026", "gibt es nicht")])
def test_a_day_that_cannot_be_is_refused(people, act_as, file, capsys, on, said):
    with pytest.raises(CommandError, match=said) as caught:
        listing(capsys, file, "--on", on)
    assert caught.value.returncode == UNUSABLE
    assert not seen(act_as, people, Case) and not seen(act_as, people, PrisonListRow)


def test_the_answer_for_people(people, file, capsys):
    call_command("import_prison_list", str(file), "--prison", "jva-duesseldorf", "--as", "alma")
    out = capsys.readouterr().out
    assert "Gelesen: 2, neu gemeldet: 2, geändert: 0" in out
    assert "Nicht gelesen: Lieblingsfarbe" in out and "Sicherheitsvermerke verworfen: Sicherheitsvermerk" in out


# --- running cases -----------------------------------------------------------------------------------------------


def sheet(*lines: str) -> str:
    head = (
        "Familienname;Vorname;Buchnummer;Zustand;Zugang am;aufgenommen am;Einwilligung Teilnahme am;"
        "Einwilligung Daten am;entlassen am;verantwortlich;offene Aufgaben\n"
    )
    return head + "\n".join(lines) + "\n"


ADMITTED = (
    'Farn;Kilian;1/26/1;im Vollzug;02.02.2026;02.03.2026;02.03.2026;02.03.2026;;{who};"Ausweis (15.01.2027); Konto"'
)


def taking(capsys, file, *more, who="alma") -> dict:
    return run(capsys, "import_running_cases", file, "--prison", "jva-duesseldorf", "--as", who, *more)


def test_running_cases_are_taken_over_once(people, act_as, file, capsys):
    file.write_text(sheet(ADMITTED.format(who=""), "Moos;Tilo;1/26/2;Warteliste;02.02.2026;;;;;;"), encoding="utf-8")
    assert taking(capsys, file, "--dry-run")["new"] == 2 and not seen(act_as, people, Case)
    found = taking(capsys, file)
    assert (found["read"], found["new"], found["unchanged"], found["errors"]) == (2, 2, 0, [])
    assert len(seen(act_as, people, Case)) == 2
    again = taking(capsys, file)
    assert (again["new"], again["unchanged"]) == (0, 2) and len(seen(act_as, people, Case)) == 2


@pytest.mark.parametrize("named", ["bert", "Bert Buche", "Buche, Bert", "BUCHE BERT"])
def test_a_lead_names_people_of_the_team(people, act_as, file, capsys, named):
    file.write_text(sheet(ADMITTED.format(who=named)), encoding="utf-8")
    assert taking(capsys, file, who="jan")["new"] == 1
    assert len(seen(act_as, people, Case, "bert")) == 1


@pytest.mark.parametrize(
    ("who", "named", "said"),
    [("alma", "bert", "niemand, für den"), ("jan", "cem", "niemand, für den"), ("jan", "", "wer aus Ihrem Team")],
)
def test_whom_a_sheet_cannot_name_is_an_error_of_the_row(people, act_as, file, capsys, who, named, said):
    file.write_text(sheet(ADMITTED.format(who=named)), encoding="utf-8")
    found = taking(capsys, file, who=who)
    (error,) = found["errors"]
    assert found["new"] == 0 and (error["row"], error["column"]) == (2, "verantwortlich") and said in error["message"]


def test_the_template(capsys):
    call_command("import_running_cases", "--template")
    assert capsys.readouterr().out == template().decode("utf-8-sig")
