"""Every kind of entry can be corrected and voided: with a reason, seen by who may, counted nowhere once void.

The first part goes through the registry, so that a new kind is tested by being there: it needs a row, made by
``tests.factories.steps`` or ``add_missing``, and, where that row cannot be voided as it is, a line in ``PREPARE``.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.apps import apps

from ina.access.enums import Basis, Compartment, ConsentPurpose
from ina.access.models import Consent, Correctable
from ina.access.operations import grants
from ina.agenda.models import Item
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.corrections import entry_kind, entry_kinds
from ina.cases.enums import AliasKind, EventKind, HypothesisKind, HypothesisStatus, State
from ina.cases.evidence import contact_attempts
from ina.cases.models import (
    Alias,
    Assignment,
    Case,
    CaseAct,
    CustodyPeriod,
    DateNotice,
    Guardian,
    Participant,
    SpecialEvent,
    Worklist,
)
from ina.cases.operations import release_dates
from ina.cases.operations.names import add_alias
from ina.cases.queries import find_alike, get_file, planning_date_of, state_of, story_reads
from ina.cases.queries.corrections import get_entry
from ina.cases.rules.likeness import Sheet
from ina.cases.steps import story_of
from ina.institutions.models import Institution
from ina.monitoring.enums import ContactOutcome
from ina.monitoring.operations import record_contact, record_outcome
from ina.network.enums import ReferralAct
from ina.network.operations import move_referral
from ina.planning.operations import acknowledge_plan, discuss_plan, hold_conference
from tests.factories.cases import ADMITTED_ON, RELEASED_ON, case_for, case_of, close
from tests.factories.steps import (
    agree_on_a_plan,
    apply,
    assign_something,
    find_out_what_became,
    find_something,
    involve_somebody,
    meet,
    plan_something,
    raise_alarm,
    report_back,
    sit_together,
    stand_still,
    sum_up,
    write_down,
)

pytestmark = pytest.mark.django_db
KEYS = [kind.key for kind in entry_kinds()]
CORRECTABLE = [kind.key for kind in entry_kinds() if kind.correct]
BECAUSE = "a test looks at what it made"
WHY = "Zahlendreher Holunderweg"
# Sheets are edited in place with a version of their own (``intake``); they are one per case.
SHEETS = {"ReferralSheet", "EntrySituation", "BenefitSituation", "HealthSituation", "EsfEntry", "Enforcement"}


def rows_of(key, made):
    kind = entry_kind(key)
    found = kind.model.objects.unscoped(because=BECAUSE).standing().filter(dossier_id__in=made.dossiers)
    return found.order_by("pk")


def add_missing(actor, made, now):
    """Rows of the tables that ``everything`` may lack."""
    who = {"recorded_at": now, "recorded_by_id": actor.membership_id}
    key = {"dossier_id": made.dossier_id}
    if not rows_of("name", made).exists():
        Alias.objects.create(**key, kind=AliasKind.ALIAS, name="Robbi", **who)
    if not rows_of("vertretung", made).exists():
        Guardian.objects.create(**key, name="Kim Beinwell", relation="Mutter", **who)
    if not rows_of("besonderes", made).exists():
        SpecialEvent.objects.create(
            **key, case_id=made.case_id, kind=EventKind.OPEN_PRISON, happened_on=date(2026, 9, 1), **who
        )
    if not rows_of("mitteilung", made).exists():
        DateNotice.objects.create(
            **key,
            case_id=made.case_id,
            institution=Institution.objects.get(key="anbieter-beispiel"),
            on=date(2027, 3, 1),
            told_on=date(2026, 9, 1),
            channel="PAPER",
            legal_basis="§ 13 JVollzDSG NRW",
            **who,
        )


def prepare_custody(actor, made, now):
    first = rows_of("haftzeit", made).first()
    CustodyPeriod.objects.create(
        dossier_id=first.dossier_id, case_id=first.case_id, prison_id=first.prison_id, booking_number="Z1"
    )
    return rows_of("haftzeit", made).filter(case_id=first.case_id).last()


def prepare_referral_act(actor, made, now):
    act = rows_of("vermittlungsschritt", made).first()
    move_referral(
        actor=actor,
        servicereferral_id=act.referral_id,
        act=ReferralAct.CONSENTED,
        happened_on=act.happened_on + timedelta(days=1),
        now=now,
    )
    return rows_of("vermittlungsschritt", made).filter(referral_id=act.referral_id).last()


def prepare_act(actor, made, now):
    return rows_of("ereignis", made).filter(case_id=made.case_id).last()


def prepare_signature(actor, made, now):
    plan_id = rows_of("unterschrift", made).first().plan_id
    return acknowledge_plan(actor=actor, integrationplan_id=plan_id, signed_on=now.date(), now=now)


def prepare_plan_event(actor, made, now):
    plan_id = rows_of("ziel", made).first().plan_id
    discuss_plan(actor=actor, integrationplan_id=plan_id, on=now.date(), now=now)
    return rows_of("planvorgang", made).last()


def prepare_goal(actor, made, now):
    return rows_of("ziel", made).select_related("plan").first()


def prepare_step(actor, made, now):
    return rows_of("schritt", made).select_related("goal__plan").first()


def prepare_conference(actor, made, now):
    """One without decisions: those are voided first."""
    given = {"participants": "Alma Ahorn, Fallführung, Träger", "topics": "Wohnen", "minutes": "einig"}
    return hold_conference(actor=actor, case_id=made.case_id, held_on=day_of(now), place="Haus C", now=now, **given)


PREPARE = {
    "fallkonferenz": prepare_conference,
    "planvorgang": prepare_plan_event,
    "ziel": prepare_goal,
    "schritt": prepare_step,
    "unterschrift": prepare_signature,
    "haftzeit": prepare_custody,
    "vermittlungsschritt": prepare_referral_act,
    "ereignis": prepare_act,
}


@dataclass(frozen=True)
class Files:
    """A file in custody and one after release, with an entry of every kind between them."""

    case_id: int
    dossier_id: int
    number: str
    dossiers: tuple[int, ...]


MADE_BY = (
    find_something,
    sum_up,
    plan_something,
    assign_something,
    involve_somebody,
    meet,
    write_down,
    stand_still,
    sit_together,
    raise_alarm,
    apply,
)


@pytest.fixture
def made(people, moment, act_as):
    inside, released = case_for(people.alma), case_for(people.alma, state=State.AFTERCARE)
    found = Files(inside.case_id, inside.dossier_id, inside.number, (inside.dossier_id, released.dossier_id))
    with act_as(people.alma) as actor:
        for step in MADE_BY:
            step(actor, inside, moment)
        find_out_what_became(actor, released, moment)
        report_back(actor, released, moment)
        agree_on_a_plan(actor, released, moment)
        add_missing(actor, found, moment)
    return found


@pytest.fixture
def row_of(people, made, moment, act_as):
    def find(key):
        with act_as(people.alma) as actor:
            row = PREPARE[key](actor, made, moment) if key in PREPARE else rows_of(key, made).first()
        assert row is not None, f"nothing makes a {key} here"
        return row

    return find


def other_value(kind, row):
    """A column and another value for it: words where there are some, else an earlier day."""
    for name in kind.fields_of(row):
        column = row._meta.get_field(name)
        words = column.get_internal_type() in {"CharField", "TextField"}
        if words and not column.choices and not kind.code_list(name, row):
            return {name: "anders"}
    for name in kind.fields_of(row):
        if row._meta.get_field(name).get_internal_type() == "DateField" and getattr(row, name):
            return {name: getattr(row, name) - timedelta(days=1)}
    raise AssertionError(f"{kind.key}: nothing to correct")


def key_of(kind, row):
    return {kind.row_id: row.pk}


def ordinal_of(kind, row):
    rows = kind.model.objects.unscoped(because=BECAUSE).filter(dossier_id=row.dossier_id, pk__lte=row.pk)
    return rows.count()


def test_every_correctable_table_has_its_kind():
    tables = {model.__name__ for model in apps.get_models() if issubclass(model, Correctable)}
    assert tables - {kind.model.__name__ for kind in entry_kinds()} == SHEETS & tables


@pytest.mark.parametrize("key", CORRECTABLE)
def test_a_correction_keeps_what_was_said_and_why(key, people, row_of, act_as, moment, trail):
    kind, row = entry_kind(key), row_of(key)
    change = other_value(kind, row)
    (name, value), before = next(iter(change.items())), getattr(row, next(iter(change)))
    with act_as(people.alma) as actor:
        kind.correct(actor=actor, because=f" {WHY} ", version=row.version, now=moment, **key_of(kind, row), **change)
        found = get_entry(actor, row.dossier_id, key, ordinal_of(kind, row), on=moment.date())
    assert (getattr(found.row, name), found.row.version) == (value, row.version + 1)
    assert found.row.corrected_because == WHY and found.voided == ""
    former = found.former[0]
    assert (former.changed_by, former.because) == (people.alma.name, WHY)
    (said,) = [said for said in former.values if said.differs]
    shown = f"{before:%d.%m.%Y}" if isinstance(before, date) else (before or "–")
    assert said.text == shown
    (line,) = trail(f"{kind.module}.correct_{kind.name}")
    assert line.details == {"columns": [name]} | {k: v for k, v in line.details.items() if k != "columns"}
    assert "Holunder" not in str(line) and "anders" not in str(line)


@pytest.mark.parametrize("key", KEYS)
def test_a_voided_entry_stays_visible_and_is_final(key, people, row_of, act_as, moment, trail):
    kind, row = entry_kind(key), row_of(key)
    with act_as(people.alma) as actor:
        kind.void(actor=actor, because=WHY, version=row.version, now=moment, **key_of(kind, row))
        found = get_entry(actor, row.dossier_id, key, ordinal_of(kind, row), on=moment.date())
        assert WHY in found.voided and people.alma.name in found.voided
        assert found.former[0].because == WHY
        assert not kind.model.objects.visible_to(actor).standing().filter(pk=row.pk).exists()
        for call, more in ((kind.void, {}), (kind.correct, other_value(kind, row) if kind.correct else {})):
            if call is not None:
                with pytest.raises(Refused, match="storniert"):
                    call(actor=actor, because=WHY, now=moment, **key_of(kind, row), **more)
    assert "Holunder" not in str(trail())


@pytest.mark.parametrize("key", KEYS)
def test_a_reason_is_needed_and_the_version_is_compared(key, people, row_of, act_as, moment):
    kind, row = entry_kind(key), row_of(key)
    calls = [(kind.void, {}), (kind.correct, other_value(kind, row) if kind.correct else {})]
    with act_as(people.alma) as actor:
        for call, change in calls:
            if call is None:
                continue
            with pytest.raises(Invalid) as raised:
                call(actor=actor, because="  ", now=moment, **key_of(kind, row), **change)
            assert raised.value.field == "because"
            with pytest.raises(Conflict):
                call(actor=actor, because=WHY, version=row.version + 1, now=moment, **key_of(kind, row), **change)
        if kind.correct:
            with pytest.raises(Invalid, match="nichts geändert"):
                kind.correct(actor=actor, because=WHY, now=moment, **key_of(kind, row))
            with pytest.raises(TypeError, match="not correctable"):
                kind.correct(actor=actor, because=WHY, now=moment, **key_of(kind, row), dossier_id=1)
        again = kind.model.objects.unscoped(because=BECAUSE).get(pk=row.pk)
        assert (again.version, again.voided_at) == (row.version, None)


@pytest.mark.parametrize("key", KEYS)
def test_who_reads_is_refused_and_strangers_find_nothing(key, people, row_of, act_as, moment):
    kind, row = entry_kind(key), row_of(key)
    change = other_value(kind, row) if kind.correct else {}
    with act_as(people.alma):
        ordinal = ordinal_of(kind, row)
    # The team lead reads everything here but health and what was entrusted.
    closed = {Compartment.HEALTH, Compartment.CONFIDENTIAL}
    for_lead = NotVisible if kind.model.Personal.compartment in closed else Refused
    for person, error in (("jan", for_lead), ("bert", NotVisible), ("cem", NotVisible), ("gero", NotVisible)):
        with act_as(people[person]) as actor:
            for call, more in ((kind.void, {}), (kind.correct, change)):
                if call is not None:
                    with pytest.raises(error):
                        call(actor=actor, because=WHY, now=moment, **key_of(kind, row), **more)
            if error is NotVisible:
                with pytest.raises(NotVisible):
                    get_entry(actor, row.dossier_id, key, ordinal, on=moment.date())
            else:
                assert get_entry(actor, row.dossier_id, key, ordinal, on=moment.date()).row.pk == row.pk


@pytest.mark.parametrize("ordinal", [0, 99, 10**30])
def test_an_entry_that_does_not_exist_is_not_visible(ordinal, people, made, act_as, moment):
    with act_as(people.alma) as actor:
        for key in ("kontakt", "nonsense"):
            with pytest.raises(NotVisible):
                get_entry(actor, made.dossier_id, key, ordinal, on=moment.date())


# --- what follows -------------------------------------------------------------------------------------------------


def contact(actor, made, now, on, outcome=ContactOutcome.MET):
    return record_contact(
        actor=actor, case_id=made.case_id, happened_on=on, kind="TALK", outcome=outcome, content="x", now=now
    )


def last_contact(made):
    return Worklist.objects.unscoped(because=BECAUSE).get(case_id=made.case_id).last_contact_on


def item(made, kind, **more):
    return Item.objects.unscoped(because=BECAUSE).get(dossier_id=made.dossier_id, kind=kind, **more).state


def void(key, actor, row, now):
    kind = entry_kind(key)
    kind.void(actor=actor, because=WHY, now=now, **key_of(kind, row))


def correct(key, actor, row, now, **values):
    kind = entry_kind(key)
    kind.correct(actor=actor, because=WHY, now=now, **key_of(kind, row), **values)


def test_the_last_contact_follows_from_what_stands(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        contact(actor, made, now, date(2026, 10, 1))
        row = contact(actor, made, now, date(2026, 11, 20))
        assert contact_attempts(case_of(made)) == [(date(2026, 10, 1), "TALK"), (date(2026, 11, 20), "TALK")]
        correct("kontakt", actor, row, now, happened_on=date(2026, 9, 20))
        assert last_contact(made) == date(2026, 10, 1)
        correct("kontakt", actor, row, now, happened_on=date(2026, 11, 2), outcome=ContactOutcome.NOT_REACHED)
        assert last_contact(made) == date(2026, 10, 1)
        correct("kontakt", actor, row, now, outcome=ContactOutcome.LATE)
        assert last_contact(made) == date(2026, 11, 2)
        void("kontakt", actor, row, now)
        assert last_contact(made) == date(2026, 10, 1)
        assert contact_attempts(case_of(made)) == [(date(2026, 10, 1), "TALK")]


def test_nobody_is_found_by_an_alias_that_was_voided_or_corrected(people, act_as, now):
    made = case_for(people.cem, surname="Wermut", given_name="Quentin")
    typed = Sheet(surname="Silberdistel", given_name="Quentin", born_on=date(1994, 4, 7))

    def found():
        with act_as(people.alma) as actor:
            return [hit.ask for hit in find_alike(actor, typed, now)]

    with act_as(people.cem) as actor:
        person = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        alias = add_alias(actor=actor, participant_id=person.pk, kind="ALIAS", name="Silberdistel, Quentin", now=now)
    assert found() == ["Cem Ceder"]
    with act_as(people.cem) as actor:
        correct("name", actor, alias, now, name="Eibisch, Quentin")
    assert found() == []
    with act_as(people.cem) as actor:
        correct("name", actor, alias, now, name="Silberdistel, Quentin")
    assert found() == ["Cem Ceder"]
    with act_as(people.cem) as actor:
        void("name", actor, alias, now)
    assert found() == []


def test_a_voided_first_talk_is_asked_for_again(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        talk = entry_kind("erstgespraech").model.objects.visible_to(actor).get(case_id=made.case_id)
        assert item(made, "cases.first_talk") == "DONE" and last_contact(made) is not None
        void("erstgespraech", actor, talk, now)
        assert item(made, "cases.first_talk") == "OPEN" and last_contact(made) is None


def test_what_an_admission_rests_on_is_said(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        for key in ("erstgespraech", "informationsblatt", "einwilligung"):
            kind = entry_kind(key)
            row = kind.model.objects.visible_to(actor).filter(dossier_id=made.dossier_id).first()
            assert "Aufnahme vom 16.03.2026" in kind.warn(row)
            void(key, actor, row, now)
        assert state_of(case_of(made)) is State.ADMITTED


def test_a_voided_consent_ends_what_rests_on_it(people, act_as, moment):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        consent = Consent.objects.visible_to(actor).get(dossier_id=made.dossier_id, purpose=ConsentPurpose.DATA_USE)
        grants.give(
            dossier_id=made.dossier_id,
            holder_id=people.frida.actor.holders[-1],
            basis=Basis.CONSENT,
            basis_id=consent.pk,
            compartments=Compartment.CASE,
            starts=moment - timedelta(hours=1),
        )
    with act_as(people.frida) as actor:
        assert Case.objects.visible_to(actor).filter(pk=made.case_id).exists()
    with act_as(people.alma) as actor:
        void("einwilligung", actor, consent, moment - timedelta(seconds=1))
    with act_as(people.frida) as actor:
        assert not Case.objects.visible_to(actor).filter(pk=made.case_id).exists()


def test_a_voided_release_date_moves_the_plan(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        row = release_dates.state_release_date(
            actor=actor,
            case_id=made.case_id,
            on=date(2027, 1, 4),
            kind=HypothesisKind.TWO_THIRDS,
            status=HypothesisStatus.DECIDED,
            source="Beschluss",
            asserted_on=date(2026, 11, 20),
            now=now,
        )
        assert planning_date_of(case_of(made)) == date(2027, 1, 4)
        correct("termin", actor, row, now, on=date(2027, 1, 11))
        listed = Worklist.objects.unscoped(because=BECAUSE).get(case_id=made.case_id)
        assert listed.planning_key == planning_date_of(case_of(made)) == date(2027, 1, 11)
        void("termin", actor, row, now)
        listed.refresh_from_db()
        assert listed.planning_key == planning_date_of(case_of(made)) == date(2027, 3, 1)


def act_of(made, act):
    return CaseAct.objects.unscoped(because=BECAUSE).get(case_id=made.case_id, act=act, voided_at=None)


def test_acts_keep_their_order(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        admitted = act_of(made, "ADMITTED")
        for wrong, said in (
            (RELEASED_ON + timedelta(days=1), "nach dem nächsten Ereignis"),
            (date(2026, 3, 1), "vor dem Ereignis davor"),
            (date(2026, 3, 3), "Erstgespräch"),
            (now.date() + timedelta(days=1), "Zukunft"),
        ):
            with pytest.raises(Invalid, match=said) as raised:
                correct("ereignis", actor, admitted, now, happened_on=wrong)
            assert raised.value.field == "happened_on"
        with pytest.raises(Invalid, match="Einwilligung"):
            correct("ereignis", actor, admitted, now, happened_on=ADMITTED_ON - timedelta(days=1))
        correct("ereignis", actor, admitted, now, happened_on=ADMITTED_ON + timedelta(days=2))
        assert get_file(actor, made.number, today=now.date()).admitted_on == ADMITTED_ON + timedelta(days=2)


def test_a_corrected_day_of_release_moves_custody_and_aftercare(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        correct("ereignis", actor, act_of(made, "RELEASE_CONFIRMED"), now, happened_on=date(2026, 5, 11))
        file = get_file(actor, made.number, today=now.date())
        assert (file.released_on, file.aftercare_ends) == (date(2026, 5, 11), date(2026, 11, 11))
        assert file.custody.ends_on == date(2026, 5, 11)


def test_with_the_referral_the_case_begins_on_another_day(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        correct("ereignis", actor, act_of(made, "REFERRED"), now, happened_on=date(2026, 2, 27), reason="PROBATION")
        case = case_of(made)
        assert (case.opened_on, case.source) == (date(2026, 2, 27), "PROBATION")
        (assignment,) = Assignment.objects.visible_to(actor).filter(case=case)
        assert assignment.period.lower == date(2026, 2, 27)


def test_an_end_is_corrected_within_the_catalogue(people, act_as, now):
    made = case_for(people.alma, state=State.CLOSED)
    with act_as(people.alma) as actor:
        closed = act_of(made, "CLOSED")
        for reason in ("DECEASED", "TRANSFER_TO_OTHER_SERVICE", "REINCARCERATED", "NONSENSE"):
            with pytest.raises(Invalid) as raised:
                correct("ereignis", actor, closed, now, reason=reason)
            assert raised.value.field == "reason"
        with pytest.raises(Invalid, match="Nachsorge dauert"):
            correct("ereignis", actor, closed, now, happened_on=date(2026, 11, 1))
        correct("ereignis", actor, closed, now, reason="REGULAR_6M_OTHER")
        assert act_of(made, "CLOSED").reason == "REGULAR_6M_OTHER"


def test_a_prison_that_was_entered_by_mistake_reads_no_longer(people, act_as, now, moment):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        wrong = Institution.objects.select_related("holder").get(pk=people.vera.institution_id)
        row = CustodyPeriod.objects.create(dossier_id=made.dossier_id, case_id=made.case_id, prison=wrong)
        grants.give(
            dossier_id=made.dossier_id, holder_id=wrong.holder.pk, basis=Basis.PRISON, starts=moment - timedelta(days=1)
        )
    with act_as(people.vera) as actor:
        assert Case.objects.visible_to(actor).filter(pk=made.case_id).exists()
    with act_as(people.alma) as actor:
        void("haftzeit", actor, row, moment - timedelta(seconds=1))
        assert Worklist.objects.visible_to(actor).get(case_id=made.case_id).unit_id == people.alma.place_id
        only = CustodyPeriod.objects.visible_to(actor).standing().get(case_id=made.case_id)
        with pytest.raises(Invalid, match="beginnt mit einer Haftzeit"):
            void("haftzeit", actor, only, moment)
    with act_as(people.vera) as actor:
        assert not Case.objects.visible_to(actor).filter(pk=made.case_id).exists()


def test_a_booking_number_of_somebody_else_is_refused_in_words(people, act_as, now):
    first, second = case_for(people.alma, booking_number="B7"), case_for(people.alma)
    with act_as(people.alma) as actor:
        row = CustodyPeriod.objects.visible_to(actor).get(case_id=second.case_id)
        with pytest.raises(Invalid, match="Unter dieser Buchnummer gibt es"):
            correct("haftzeit", actor, row, now, booking_number="B7")
    assert first.number != second.number


def test_a_voided_outcome_can_be_entered_anew_and_is_asked_for(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        row = record_outcome(actor=actor, case_id=made.case_id, months=3, category="UNKNOWN", now=now)
        assert item(made, "monitoring.outcome", offset_count=3) == "DONE"
        assert item(made, "monitoring.outcome", offset_count=6) == "OPEN"
        void("verbleib", actor, row, now)
        assert item(made, "monitoring.outcome", offset_count=3) == "OPEN"
        record_outcome(actor=actor, case_id=made.case_id, months=3, category="UNKNOWN", now=now)


def test_the_first_contact_after_release_is_settled_and_asked_for_again(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        contact(actor, made, now, RELEASED_ON, ContactOutcome.NOT_REACHED)
        assert item(made, "monitoring.first_contact") == "OPEN"
        row = contact(actor, made, now, RELEASED_ON + timedelta(days=1))
        assert item(made, "monitoring.first_contact") == "DONE"
        void("kontakt", actor, row, now)
        assert item(made, "monitoring.first_contact") == "OPEN"


def test_errors_are_errors_after_the_end_too_but_not_in_a_sealed_file(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        row = contact(actor, made, now, RELEASED_ON + timedelta(days=1))
        close(actor, case_of(made))
        correct("kontakt", actor, row, now, place="Büro")
        assert item(made, "monitoring.first_contact") != "OPEN"
        dossier = row.dossier
        dossier.sealed_at = now
        assert not entry_kind("kontakt").may(actor, row)


def test_the_social_service_corrects_what_it_states_itself(people, made, act_as, moment):
    with act_as(people.hanna) as actor:
        for kind in entry_kinds():
            rows = kind.model.objects.visible_to(actor).standing().filter(dossier_id=made.dossier_id)
            row = rows.select_related("dossier").first()
            expected = kind.key in {"termin", "haftzeit", "besonderes", "name", "vertretung", "fristpause", "massnahme"}
            assert row is None or bool(kind.may(actor, row)) is expected, kind.key


def test_voided_entries_count_nowhere_in_the_picture(people, made, act_as, moment):
    with act_as(people.alma) as actor:
        before = story_of(get_file(actor, made.number, today=moment.date(), along=story_reads()), moment.date())
        for key in ("profiling", "ziel", "vermittlung", "kontakt", "erstgespraech"):
            row = rows_of(key, made).filter(dossier_id=made.dossier_id).first()
            void(key, actor, row, moment)
        after = story_of(get_file(actor, made.number, today=moment.date(), along=story_reads()), moment.date())
    marks = [mark.label for lane in after.marks.values() for mark in lane]
    assert "Erstgespräch" not in marks and not any(label.startswith(("Ziel", "Schritt")) for label in marks)
    struck = [entry.title for entry in after.entries if entry.voided]
    assert len(after.entries) == len(before.entries) and "Erstgespräch" in struck and "Einzelgespräch" in struck
