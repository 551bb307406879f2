"""Contact persons, agreements and working groups: who keeps them, what cannot be, where an agreement stands."""

from datetime import date, timedelta

import pytest

from ina.base.errors import Conflict, Invalid, Refused
from ina.network import operations, queries
from ina.network.enums import AgreementState as S
from ina.network.models import PartnerContact, WorkingGroup
from ina.network.rules.agreements import Term, end_of, notice_by, state_of
from tests.network.offers import EVALUATOR, MANAGER, NOW, a_partner, network_of

pytestmark = pytest.mark.django_db
D = date


def term(**given):
    values = {
        "starts_on": D(2025, 1, 1),
        "ends_on": D(2025, 12, 31),
        "notice_months": 3,
        "renews_months": None,
        "signed_on": D(2024, 12, 1),
        "terminated_to": None,
    }
    return Term(**values | given)


@pytest.mark.parametrize(
    ("given", "on", "end", "notice"),
    [
        ({}, D(2025, 6, 1), D(2025, 12, 31), D(2025, 9, 30)),
        ({"renews_months": 12}, D(2025, 12, 31), D(2025, 12, 31), D(2025, 9, 30)),
        ({"renews_months": 12}, D(2026, 1, 1), D(2026, 12, 31), D(2026, 9, 30)),
        ({"renews_months": 1, "ends_on": D(2025, 1, 31)}, D(2025, 2, 10), D(2025, 2, 28), D(2024, 11, 30)),
        ({"renews_months": 1, "ends_on": D(2025, 1, 31)}, D(2025, 3, 31), D(2025, 3, 31), D(2024, 12, 31)),
        ({"ends_on": None}, D(2030, 1, 1), None, None),
        ({"notice_months": None}, D(2025, 6, 1), D(2025, 12, 31), None),
        ({"renews_months": 12, "terminated_to": D(2025, 8, 31)}, D(2025, 6, 1), D(2025, 8, 31), None),
    ],
)
def test_a_term_renews_until_somebody_gives_notice(given, on, end, notice):
    assert (end_of(term(**given), on), notice_by(term(**given), on)) == (end, notice)


@pytest.mark.parametrize(
    ("given", "on", "state"),
    [
        ({"signed_on": None}, D(2025, 6, 1), S.DRAFT),
        ({}, D(2024, 12, 31), S.COMING),
        ({}, D(2025, 6, 1), S.RUNNING),
        ({}, D(2025, 10, 2), S.DECIDE),
        ({}, D(2025, 12, 31), S.DECIDE),
        ({}, D(2026, 1, 1), S.ENDED),
        ({"renews_months": 12}, D(2025, 7, 3), S.DECIDE),
        ({"renews_months": 12}, D(2025, 10, 1), S.RUNNING),
        ({"renews_months": 12}, D(2026, 8, 1), S.DECIDE),
        ({"ends_on": None}, D(2035, 1, 1), S.RUNNING),
        ({"terminated_to": D(2025, 8, 31)}, D(2025, 8, 1), S.TERMINATED),
        ({"terminated_to": D(2025, 8, 31)}, D(2025, 9, 1), S.ENDED),
    ],
)
def test_where_an_agreement_stands(given, on, state):
    assert state_of(term(**given), on, 90) is state


def test_what_is_signed_keeps_its_term(db):
    made = network_of(MANAGER)
    given = {"actor": MANAGER, "now": NOW, "agreement_id": made.agreement.pk}
    with pytest.raises(Invalid, match="schon unterschrieben"):
        operations.sign_agreement(**given, signed_on=D(2026, 1, 2))
    with pytest.raises(Invalid, match="neuen Vereinbarung"):
        operations.correct_agreement(**given, ends_on=D(2027, 12, 31))
    operations.correct_agreement(**given, costs="keine")
    with pytest.raises(Invalid, match="wer kündigt"):
        operations.terminate_agreement(**given, terminated_to=D(2026, 12, 31))
    with pytest.raises(Invalid, match="erst ab"):
        operations.terminate_agreement(**given, terminated_to=D(2025, 12, 31), because="wir")
    operations.terminate_agreement(**given, terminated_to=D(2026, 12, 31), because="die Stelle zieht um")
    assert queries.get_agreement(made.agreement.number, NOW.date()).state is S.TERMINATED
    operations.terminate_agreement(**given, terminated_to=None)
    assert queries.get_agreement(made.agreement.number, NOW.date()).state is S.RUNNING


def test_hostile_values_are_refused(db):
    key = a_partner().key
    draft = {"actor": MANAGER, "now": NOW, "institution_key": key, "subject": "x", "starts_on": D(2026, 5, 1)}
    for more, said in (
        ({"ends_on": D(2026, 4, 1)}, "vor dem Beginn"),
        ({"renews_months": 12}, "ein Ende"),
        ({"contact_id": 999_999}, "gehört nicht"),
    ):
        with pytest.raises(Exception, match=said):
            operations.draft_agreement(**draft, **more)
    with pytest.raises(Invalid, match="gibt es nicht"):
        operations.draft_agreement(**draft | {"institution_key": "gibt-es-nicht"})
    with pytest.raises(Invalid, match="Telefon oder E-Mail"):
        operations.add_contact_person(actor=MANAGER, now=NOW, institution_key=key, name="Wanda Weide")
    with pytest.raises(TypeError):
        operations.add_contact_person(actor=MANAGER, now=NOW, institution_key=key, name="W", phone="1", version=9)


def test_only_those_who_keep_the_network_write(db):
    made = network_of(MANAGER)
    with pytest.raises(Refused):
        operations.found_group(actor=EVALUATOR, now=NOW, name="x", kind="GROUP")
    with pytest.raises(Refused):
        operations.settle_meeting_task(actor=EVALUATOR, now=NOW, meetingtask_id=made.task.pk, done_on=None)


def test_two_at_once_on_one_contact_person(db):
    made = network_of(MANAGER)
    given = {"actor": MANAGER, "now": NOW, "partnercontact_id": made.contact.pk, "version": 1}
    operations.correct_contact_person(**given, role="Leitung")
    with pytest.raises(Conflict):
        operations.correct_contact_person(**given, role="Vertretung")
    assert PartnerContact.objects.get().role == "Leitung"


def test_a_contact_person_who_left_is_not_rung_any_more(db):
    made = network_of(MANAGER)
    gone = NOW.date() - timedelta(days=1)
    operations.correct_contact_person(actor=MANAGER, now=NOW, partnercontact_id=made.contact.pk, ended_on=gone)
    assert queries.contacts_of(made.contact.institution_id, NOW.date()) == []
    # Somebody of the same name may come back.
    operations.add_contact_person(
        actor=MANAGER, now=NOW, institution_key=made.key, name="Wanda Weide", email="w@example.org"
    )
    assert len(queries.contacts_of(made.contact.institution_id, NOW.date())) == 1


def test_attendance_names_who_was_missing(db):
    made = network_of(MANAGER)
    other = a_partner("Wohnhilfe Erle")
    operations.change_group(actor=MANAGER, now=NOW, workinggroup_id=made.group.pk, join=other.key)
    sitting = queries.get_meeting(WorkingGroup.objects.get(), 1, NOW.date())
    assert [one.key for one in sitting.present] == [made.key] and [one.key for one in sitting.absent] == [other.key]
    operations.change_group(actor=MANAGER, now=NOW, workinggroup_id=made.group.pk, leave=[made.key])
    sitting = queries.get_meeting(WorkingGroup.objects.get(), 1, NOW.date())
    # Who was there stays on record, whoever has left since.
    assert [one.key for one in sitting.present] == [made.key]


def test_no_minutes_of_a_sitting_to_come(db):
    made = network_of(MANAGER)
    ahead = {"actor": MANAGER, "now": NOW, "workinggroup_id": made.group.pk, "held_on": D(2027, 1, 5), "topics": "x"}
    with pytest.raises(Invalid, match="erst, wenn"):
        operations.hold_meeting(**ahead, minutes="schon geschrieben")
    assert operations.hold_meeting(**ahead).number == 2


def test_what_was_agreed_is_done_and_opened_again(db):
    made = network_of(MANAGER)
    given = {"actor": MANAGER, "now": NOW, "meetingtask_id": made.task.pk}
    with pytest.raises(Invalid, match="Zukunft"):
        operations.settle_meeting_task(**given, done_on=NOW.date() + timedelta(days=1))
    assert next(iter(queries.list_groups())).open_tasks == 1
    operations.settle_meeting_task(**given, done_on=NOW.date())
    assert next(iter(queries.list_groups())).open_tasks == 0
    operations.settle_meeting_task(**given, done_on=None)
    assert next(iter(queries.list_groups())).open_tasks == 1
