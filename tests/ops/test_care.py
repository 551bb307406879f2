"""What a program can only remind of: backups, texts, places, the directory."""

import os
from datetime import timedelta

import pytest

from ina.institutions.operations import verify_institution
from ina.institutions.queries import list_institutions
from ina.ops import care
from ina.ops.checks import State
from ina.reference.models import Page
from ina.reference.operations import import_places
from ina.reference.rules import PlaceRow

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "state"), [(None, State.WARN), (1, State.OK), (3, State.WARN), (9, State.FAIL)])
def test_the_age_of_the_last_backup(tmp_path, settings, now, days, state):
    settings.INA_HOME, settings.DEMO = tmp_path, False
    if days is not None:
        (tmp_path / care.BACKUP).touch()
        at = (now - timedelta(days=days)).timestamp()
        os.utime(tmp_path / care.BACKUP, (at, at))
    answer = care.check_backup(now)
    assert answer.state is state and bool(answer.advice) is (state is not State.OK)


def test_the_demo_is_not_backed_up(settings, now):
    settings.DEMO = True
    assert care.check_backup(now).state is State.OK


def test_texts_with_gaps_are_named(now, settings):
    settings.DEMO = False
    answer = care.check_texts(now)
    assert answer.state is State.WARN and "Impressum" in answer.found
    Page.objects.filter(slug__in=care.TO_FILL).update(body="Alles ausgefüllt.")
    assert care.check_texts(now).state is State.OK
    Page.objects.filter(slug="impressum").delete()
    assert "Impressum" in care.check_texts(now).found


def test_without_places_the_command_is_named(people, now):
    assert "import_places" in care.check_places(now).advice
    import_places(actor=people.gero.actor, now=now, rows=[PlaceRow("53111", "Bonn", "05314000")])
    assert (care.check_places(now).state, care.check_places(now).found) == (State.OK, "1 Postleitzahlen")


def test_an_unchecked_directory_is_said(people, now):
    answer = care.check_directory(now)
    assert answer.state is State.WARN and answer.found.startswith("0 von ")
    for row in list_institutions(on=now.date()):
        verify_institution(actor=people.gero.actor, now=now, institution_id=row.id)
    assert care.check_directory(now).state is State.OK
