"""``list_institutions`` and ``import_places``: what they answer, and with which exit code they give up."""

import json
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from ina.accounts.models import Membership
from ina.institutions.models import Institution
from ina.ops.answers import NOT_PERMITTED, UNUSABLE
from ina.reference.models import Place

pytestmark = pytest.mark.django_db

GOOD = "plz,ort,ags\n42103,Wuppertal,05124000\n40721,Hilden,05158016\n"


@pytest.fixture
def people():
    """An administrator and a case manager with a position that runs."""
    ministry = Institution.objects.get(key="jm-nrw")
    for name, role in (("verwaltung", "SYSTEM_ADMIN"), ("fallführung", "CASE_MANAGER")):
        user = get_user_model().objects.create(
            username=name, display_name=name, created_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        Membership.objects.create(user=user, institution=ministry, role=role, starts_on=date(2026, 1, 1))


@pytest.fixture
def place_file(tmp_path):
    file = tmp_path / "Orte mit Leerzeichen.csv"
    file.write_text(GOOD, encoding="utf-8")
    return file


def answer(capsys, *arguments, **options) -> dict:
    """What stands on standard output, which must be one JSON document and nothing else."""
    call_command(*arguments, "--json", **options)
    return json.loads(capsys.readouterr().out)


def test_list_institutions_prints_keys(capsys):
    rows = answer(capsys, "list_institutions", "--kind", "PRISON")["institutions"]
    assert len(rows) == 36
    assert {"jva-duesseldorf", "jva-willich-1", "jvk-froendenberg"} <= {row["key"] for row in rows}
    call_command("list_institutions", "--search", "wuppertal jobcenter")
    assert capsys.readouterr().out.split() == ["jc-wuppertal", "Jobcenter", "Jobcenter", "Wuppertal"]


def test_list_institutions_that_finds_nothing(capsys):
    assert answer(capsys, "list_institutions", "--search", "atlantis") == {"institutions": []}


def test_import_places_twice(people, place_file, capsys):
    first = answer(capsys, "import_places", place_file, "--as", "verwaltung")
    assert first == {"added": 2, "unchanged": 0, "renamed": 0, "not_in_file": 0, "errors": []}
    again = answer(capsys, "import_places", place_file, "--as", "VERWALTUNG")
    assert (again["added"], again["unchanged"]) == (0, 2)


def test_import_places_names_wrong_rows_and_loads_the_others(people, place_file, capsys):
    place_file.write_text(GOOD + "4210,Wuppertal,05124000\n", encoding="utf-8")
    found = answer(capsys, "import_places", place_file, "--as", "verwaltung")
    assert found["added"] == 2
    assert found["errors"] == [
        {"row": 4, "column": "plz", "value": "4210", "message": "Eine Postleitzahl hat fünf Ziffern."}
    ]


@pytest.mark.parametrize("username", ["fallführung", "niemand"])
def test_import_places_is_not_for_everybody(username, people, place_file, capsys):
    with pytest.raises(CommandError) as caught:
        call_command("import_places", place_file, "--as", username, "--json")
    assert caught.value.returncode == NOT_PERMITTED
    assert json.loads(capsys.readouterr().out)["message"]
    assert not Place.objects.exists()


@pytest.mark.parametrize("content", [b"", b"plz;ort\n1;2", b"plz,ort,ags\n\x00", None])
def test_import_places_gives_up_on_an_unusable_file(content, people, place_file, capsys):
    if content is None:
        place_file.unlink()
    else:
        place_file.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        call_command("import_places", place_file, "--as", "verwaltung", "--json")
    assert caught.value.returncode == UNUSABLE
    assert json.loads(capsys.readouterr().out)["errors"] == []
