"""Corrections of a person, and who represents them: conflicts, single names, what stays visible."""

from datetime import date

import pytest
from django.db import transaction

from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.models import Participant, PersonKey
from ina.cases.operations.guardians import add_guardian, void_guardian
from ina.cases.operations.people import correct_participant
from ina.cases.queries import list_cases, names_of
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(people):
    return case_for(people.alma, surname="Salbei", given_name="Juniper", born_on=date(1994, 4, 7))


def person_of(made) -> Participant:
    return Participant.objects.unscoped(because="a test looks").get(dossier_id=made.dossier_id)


def test_somebody_was_faster(people, act_as, now, made):
    with act_as(people.alma) as actor:
        person = person_of(made)
        correct_participant(actor=actor, participant_id=person.pk, version=1, birth_place="Neuss", now=now)
        with pytest.raises(Conflict):
            correct_participant(actor=actor, participant_id=person.pk, version=1, birth_place="Düren", now=now)
        assert person_of(made).birth_place == "Neuss"


def test_one_name_suffices_and_none_does_not(people, act_as, now, made):
    with act_as(people.alma) as actor:
        person = person_of(made)
        correct_participant(actor=actor, participant_id=person.pk, surname="", now=now)
        assert [row.name for row in list_cases(actor, today=now.date(), name="juni").rows] == ["Juniper"]
        with pytest.raises(Invalid, match="Ein Name muss bekannt sein"), transaction.atomic():
            correct_participant(actor=actor, participant_id=person.pk, given_name="", now=now)


def test_keys_follow_the_names_and_the_place_of_birth(people, act_as, now, made):
    def keys(actor) -> set[str]:
        rows = PersonKey.objects.visible_to(actor).filter(dossier_id=made.dossier_id)
        return {f"{row.kind} {row.value}" for row in rows}

    with act_as(people.alma) as actor:
        assert "SURNAME salbei" in keys(actor)
        correct_participant(
            actor=actor, participant_id=person_of(made).pk, surname="Salbey", birth_place="Köln", now=now
        )
        assert {"SURNAME salbey", "PLACE koeln"} <= keys(actor) and "SURNAME salbei" not in keys(actor)


def test_guardian_is_kept_and_voided_with_a_reason(people, act_as, now, made):
    with act_as(people.alma) as actor:
        person = person_of(made)
        with pytest.raises(Invalid):
            add_guardian(
                actor=actor, participant_id=person.pk, name="Erika Heide", relation="Mutter",
                valid_from=date(2026, 5, 1), valid_until=date(2026, 4, 1), now=now,
            )  # fmt: skip
        guardian = add_guardian(actor=actor, participant_id=person.pk, name="Erika Heide", relation="Mutter", now=now)
        with pytest.raises(Invalid):
            void_guardian(actor=actor, guardian_id=guardian.pk, because=" ", now=now)
        with pytest.raises(Conflict):
            void_guardian(actor=actor, guardian_id=guardian.pk, version=9, because="Tante", now=now)
        void_guardian(actor=actor, guardian_id=guardian.pk, version=1, because="Tante", now=now)
        with pytest.raises(Refused):
            void_guardian(actor=actor, guardian_id=guardian.pk, because="Tante", now=now)
        (shown,) = names_of(actor, person, now.date()).guardians
        assert shown.is_voided and shown.voided_because == "Tante"


@pytest.mark.parametrize(("person", "error"), [("jan", Refused), ("cem", NotVisible)])
def test_who_only_reads_enters_nobody(person, error, people, act_as, now, made):
    with act_as(people.alma):
        participant_id = person_of(made).pk
    with act_as(people[person]) as actor, pytest.raises(error):
        add_guardian(actor=actor, participant_id=participant_id, name="X", relation="Mutter", now=now)


@pytest.mark.parametrize(("born_on", "lacks"), [(date(2008, 11, 24), True), (date(2008, 11, 23), False), (None, False)])
def test_a_minor_lacks_a_guardian_until_the_birthday(born_on, lacks, people, act_as, now, made):
    with act_as(people.alma) as actor:
        person = person_of(made)
        correct_participant(actor=actor, participant_id=person.pk, born_on=born_on, now=now)
        assert names_of(actor, person_of(made), now.date()).lacks_guardian is lacks
