"""In an emergency two people let out what no consent allows, for a day and one partner, and the person hears of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ina.access.enums import Compartment as C
from ina.agenda.models import Item
from ina.base.errors import DomainError, Invalid, Refused
from ina.network import operations
from ina.network.enums import Delivery, DisclosureState
from ina.network.models import Disclosure, Override
from ina.network.queries import OVERRIDE
from tests.factories.cases import case_for
from tests.network.disclosing import PARTNER, prepare, send

pytestmark = pytest.mark.django_db
DANGER = "Drohung am Telefon, sich heute Nacht das Leben zu nehmen"
BECAUSE = "a test looks at what it made"


def ask(actor, made, now, compartments=C.HEALTH, danger=DANGER, partner=PARTNER):
    return operations.ask_override(
        actor=actor, case_id=made.case_id, partner_key=partner, compartments=compartments, danger=danger, now=now
    )


def confirm(actor, asked, now):
    operations.confirm_override(actor=actor, override_id=asked.pk, now=now)


def agreed(people, act_as, now, **more):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        asked = ask(actor, made, now, **more)
    with act_as(people.jan) as lead:
        confirm(lead, asked, now)
        asked.refresh_from_db()
    return made, asked


def test_one_person_is_not_enough(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        asked = ask(actor, made, now)
        with pytest.raises(Refused, match="nicht selbst"):
            confirm(actor, asked, now)
        with pytest.raises(Invalid, match="keine bestätigte"):
            prepare(actor, made, now, compartments=C.HEALTH, legal_basis=OVERRIDE)


def test_the_table_itself_refuses_one_person_on_both_sides(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        asked = ask(actor, made, now)
        asked.decided_by_id, asked.decided_at = asked.asked_by_id, now
        with pytest.raises(IntegrityError), transaction.atomic():
            asked.save()


@pytest.mark.parametrize("who", ["bert", "hanna", "cem"])
def test_nobody_from_outside_the_file_decides(people, act_as, now, who):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        asked = ask(actor, made, now)
    with act_as(getattr(people, who)) as other, pytest.raises(DomainError) as caught:
        confirm(other, asked, now)
    assert type(caught.value).__name__ in {"Refused", "NotVisible"}
    with act_as(people.alma):
        assert Override.objects.unscoped(because=BECAUSE).get().decided_at is None


def test_confirmed_it_carries_what_was_named_to_this_partner_and_no_more(people, act_as, now):
    made, asked = agreed(people, act_as, now)
    with act_as(people.alma) as actor:
        sent, _ = send(actor, made, now, compartments=C.HEALTH, legal_basis=OVERRIDE, delivery=Delivery.LINK)
        assert (sent.state, sent.override_id) == (DisclosureState.DELIVERED, asked.pk)
        assert sent.open_until <= asked.open_until and "Notfall" in sent.basis_said
        with pytest.raises(Invalid, match="umfasst nicht"):
            prepare(actor, made, now, compartments=C.PLAN, legal_basis=OVERRIDE)
        with pytest.raises(Invalid, match="keine bestätigte"):
            prepare(actor, made, now, compartments=C.HEALTH, legal_basis=OVERRIDE, partner="aa-duesseldorf")
        with pytest.raises(Invalid, match="keine Einwilligung"):
            prepare(actor, made, now, compartments=C.HEALTH)


def test_it_holds_for_a_day_and_what_waited_longer_stays_here(people, act_as, now):
    made, _ = agreed(people, act_as, now)
    with act_as(people.alma) as actor:
        waiting = prepare(actor, made, now, compartments=C.HEALTH, legal_basis=OVERRIDE)
        later = now + timedelta(days=2)
        with pytest.raises(Refused, match="nicht mehr hinaus"):
            operations.release_disclosure(actor=actor, disclosure_id=waiting.pk, now=later)
        with pytest.raises(Invalid, match="keine bestätigte"):
            prepare(actor, made, later, compartments=C.HEALTH, legal_basis=OVERRIDE)


def test_a_question_nobody_answered_lapses_with_its_day(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        asked = ask(actor, made, now)
    with act_as(people.jan) as lead, pytest.raises(Invalid, match="verfallen"):
        confirm(lead, asked, now + timedelta(days=1))


def test_the_end_closes_what_is_open(people, act_as, now):
    made, asked = agreed(people, act_as, now)
    with act_as(people.alma) as actor:
        sent, _ = send(actor, made, now, compartments=C.HEALTH, legal_basis=OVERRIDE)
        operations.end_override(actor=actor, override_id=asked.pk, now=now)
        sent.refresh_from_db()
        assert sent.state is DisclosureState.STOPPED
        with pytest.raises(Invalid, match="keine bestätigte"):
            prepare(actor, made, now, compartments=C.HEALTH, legal_basis=OVERRIDE)
        with pytest.raises(Invalid, match="vorbei"):
            operations.end_override(actor=actor, override_id=asked.pk, now=now)


def test_a_refusal_says_why_and_lets_nothing_out(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        asked = ask(actor, made, now)
    with act_as(people.jan) as lead:
        with pytest.raises(Invalid, match="warum"):
            operations.refuse_override(actor=lead, override_id=asked.pk, because=" ", now=now)
        operations.refuse_override(actor=lead, override_id=asked.pk, because="Polizei ist schon dort", now=now)
        with pytest.raises(Invalid, match="abgelehnt"):
            confirm(lead, asked, now)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="keine bestätigte"):
        prepare(actor, made, now, compartments=C.HEALTH, legal_basis=OVERRIDE)
    with act_as(people.alma):
        assert not Disclosure.objects.unscoped(because=BECAUSE).exists()


@pytest.mark.parametrize("what", [C.INTERNAL, C.CONFIDENTIAL, C.ESF])
def test_some_things_never_leave_even_then(people, act_as, now, what):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="auch im Notfall nicht"):
        ask(actor, made, now, compartments=what)


def test_a_danger_wants_words(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="Gefahr"):
        ask(actor, made, now, danger="eilt")


def test_a_task_asks_until_the_person_was_told(people, act_as, now):
    made, asked = agreed(people, act_as, now)
    with act_as(people.alma) as actor:
        tasks = Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, kind="network.override_to_tell")
        item = tasks.get()
        assert item.state == "OPEN"
        told = {"actor": actor, "override_id": asked.pk, "now": now}
        for on, how, said in (
            (asked.asked_on + timedelta(days=1), "im Gespräch", "zwischen"),
            (asked.asked_on, " ", "wie die Person"),
        ):
            with pytest.raises(Invalid, match=said):
                operations.note_override_told(**told, told_on=on, told_how=how)
        operations.note_override_told(**told, told_on=asked.asked_on, told_how="am Telefon, Alma")
        item.refresh_from_db()
        assert item.state != "OPEN"
        with pytest.raises(Invalid, match="niemand"):
            operations.note_override_told(**told, told_on=asked.asked_on, told_how="noch einmal")
