"""Notes of counselling: each for its readers, the confidential ones for nobody else."""

from datetime import date, timedelta

import pytest

from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.corrections import entry_kind
from ina.cases.enums import State
from ina.monitoring.enums import NoteReaders
from ina.monitoring.operations import write_note
from ina.monitoring.queries.notes import list_notes
from tests.factories.cases import case_for, case_of
from tests.people import SINCE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def made(people):
    return case_for(people.alma)


def write(actor, made, now, readers=NoteReaders.CIRCLE, **given):
    stated = {"noted_on": TODAY, "text": "möchte zuerst die Schwester anrufen"}
    return write_note(actor=actor, case_id=made.case_id, readers=readers, now=now, **stated | given)


def read(actor, made) -> set[NoteReaders]:
    return {row.readers for row in list_notes(actor, case_of(made))}


def test_each_note_has_its_readers(people, act_as, now, made):
    with act_as(people.alma) as actor:
        for readers in NoteReaders:
            write(actor, made, now, readers)
        assert read(actor, made) == set(NoteReaders)
    with act_as(people.jan) as actor:
        assert read(actor, made) == {NoteReaders.CIRCLE, NoteReaders.INTERNAL}
    with act_as(people.hanna) as actor:
        assert read(actor, made) == {NoteReaders.CIRCLE}
    with act_as(people.cem) as actor, pytest.raises(NotVisible):
        write(actor, made, now)


def test_only_who_is_bound_by_secrecy_is_entrusted(people, act_as, now):
    made = case_for(people.bert)
    with act_as(people.bert) as actor:
        write(actor, made, now, NoteReaders.INTERNAL)
        with pytest.raises(Refused, match="Berufsgeheimnis"):
            write(actor, made, now, NoteReaders.CONFIDENTIAL)


def test_readers_write_nothing(people, act_as, now, made):
    for reader in (people.jan, people.hanna):
        with act_as(reader) as actor, pytest.raises(Refused):
            write(actor, made, now)
    ended = case_for(people.alma, state=State.CLOSED)
    with act_as(people.alma) as actor, pytest.raises(Refused, match="beendet"):
        write(actor, ended, now)


@pytest.mark.parametrize(
    ("given", "field"), [({"noted_on": TODAY + timedelta(days=1)}, "noted_on"), ({"text": "  "}, "text")]
)
def test_what_cannot_be(people, act_as, now, made, given, field):
    with act_as(people.alma) as actor, pytest.raises(Invalid) as refusal:
        write(actor, made, now, **given)
    assert refusal.value.field == field


def test_a_note_is_corrected_and_voided_and_stays_visible(people, act_as, now, made):
    kind = entry_kind("vertrauliche-notiz")
    with act_as(people.alma) as actor:
        row = write(actor, made, now, NoteReaders.CONFIDENTIAL)
        kind.correct(
            actor=actor, confidentialnote_id=row.pk, version=1, because="Name vertauscht", now=now,
            noted_on=SINCE, subject="Familie", text="möchte den Bruder anrufen",
        )  # fmt: skip
        kind.void(actor=actor, confidentialnote_id=row.pk, version=2, because="falsche Akte", now=now)
        (told,) = list_notes(actor, case_of(made))
    assert told.subject == "Familie" and told.voided.endswith("weil: falsche Akte")


def test_all_notes_take_one_statement(people, act_as, now, made, django_assert_num_queries):
    with act_as(people.alma) as actor:
        for readers in NoteReaders:
            write(actor, made, now, readers)
        case = case_of(made)
        list_notes(actor, case)
        with django_assert_num_queries(1):
            list_notes(actor, case)
