"""Recording contacts and outcomes: what is kept, and what is refused."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from ina.base.clock import BERLIN
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.corrections import entry_kind
from ina.cases.enums import State
from ina.cases.models import Worklist
from ina.monitoring import operations
from ina.monitoring.enums import ContactOutcome, Initiative
from ina.monitoring.models import Contact, OutcomeStatus
from tests.factories.cases import PATHS, RELEASED_ON, case_for, case_of, close

pytestmark = pytest.mark.django_db
BECAUSE = "a test looks at what it made"
CALLED = "Der Betrieb rief an"
AFTER_SIX_MONTHS = datetime(2026, 11, 4, 0, 30, tzinfo=BERLIN)


def contact(actor, case_id, now, **more):
    values = {"happened_on": date(2026, 11, 20), "kind": "TALK", "outcome": ContactOutcome.MET}
    return operations.record_contact(actor=actor, case_id=case_id, now=now, **values | more)


def outcome(actor, case_id, now, **more):
    values = {"months": 6, "category": "INSURED_FULL_TIME", "source": "Arbeitsvertrag"}
    return operations.record_outcome(actor=actor, case_id=case_id, now=now, **values | more)


def last_contact(made):
    return Worklist.objects.unscoped(because=BECAUSE).get(case_id=made.case_id).last_contact_on


def test_a_contact_keeps_its_day_and_the_moment_of_entry(people, act_as, now, trail):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        row = contact(
            actor,
            made.case_id,
            now,
            started_at=time(9, 30),
            minutes=45,
            initiative=Initiative.PARTICIPANT,
            place=" JVA ",
            content="über den Vertrag gesprochen",
            next_step="Termin im Jobcenter",
            next_on=date(2026, 11, 30),
        )
        row.refresh_from_db()
        assert last_contact(made) == date(2026, 11, 20)
    assert (row.happened_on, row.recorded_at, row.recorded_by_id) == (
        date(2026, 11, 20),
        now,
        people.alma.membership_id,
    )
    assert (row.initiative, row.place, row.minutes, row.dossier_id) == ("PARTICIPANT", "JVA", 45, made.dossier_id)
    assert "Vertrag" not in str(trail("monitoring.record_contact"))


@pytest.mark.parametrize("result", ContactOutcome)
def test_only_a_contact_that_came_about_is_shown_as_the_last_one(people, act_as, now, result):
    made = case_for(people.alma, state=State.SCREENING, talk=False)
    with act_as(people.alma) as actor:
        contact(actor, made.case_id, now, outcome=result)
        assert last_contact(made) == (date(2026, 11, 20) if result in ("MET", "LATE") else None)


def test_a_contact_keyed_in_later_does_not_hide_a_newer_one(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        contact(actor, made.case_id, now)
        contact(actor, made.case_id, now, happened_on=date(2026, 10, 1))
        assert last_contact(made) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"happened_on": date(2026, 11, 24)}, "happened_on"),
        ({"kind": "SMOKE_SIGNAL"}, "kind"),
        ({"outcome": "MAYBE"}, "outcome"),
        ({"initiative": "NOBODY"}, "initiative"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"next_on": date(2026, 11, 19)}, "next_on"),
        ({"place": "x" * 121}, "place"),
    ],
)
def test_a_contact_that_does_not_fit_is_refused(people, act_as, now, wrong, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as caught:
            contact(actor, made.case_id, now, **wrong)
        assert caught.value.field == field
        assert not Contact.objects.unscoped(because=BECAUSE).filter(case_id=made.case_id).exists()


def test_a_day_in_the_future_is_named(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match=r"24\.11\.2026 liegt in der Zukunft"):
        contact(actor, made.case_id, now, happened_on=date(2026, 11, 24))


@pytest.mark.parametrize("state", PATHS)
def test_contacts_belong_to_open_cases(people, act_as, now, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor:
        if state in (State.CLOSED, State.DECLINED, State.REJECTED):
            with pytest.raises(Refused, match="beendet"):
                contact(actor, made.case_id, now)
        else:
            assert contact(actor, made.case_id, now).pk


@pytest.mark.parametrize(("months", "refers_on"), [(0, RELEASED_ON), (3, date(2026, 8, 4)), (6, date(2026, 11, 4))])
def test_an_outcome_refers_to_its_key_date(people, act_as, now, months, refers_on):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        row = outcome(actor, made.case_id, now, months=months, since_on=RELEASED_ON)
        row.refresh_from_db()
    assert (row.refers_on, row.category, row.since_on) == (refers_on, "INSURED_FULL_TIME", RELEASED_ON)
    assert (row.recorded_at, row.recorded_by_id, row.version) == (now, people.alma.membership_id, 1)


def test_unknown_is_an_answer_and_needs_no_source(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        assert outcome(actor, made.case_id, now, category="UNKNOWN", source="").category == "UNKNOWN"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"months": 4}, "months"),
        ({"category": "ASTRONAUT"}, "category"),
        ({"source": " "}, "source"),
        ({"since_on": date(2026, 11, 5)}, "since_on"),
    ],
)
def test_an_outcome_that_does_not_fit_is_refused(people, act_as, now, wrong, field):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as caught:
            outcome(actor, made.case_id, now, **wrong)
        assert caught.value.field == field
        assert not OutcomeStatus.objects.unscoped(because=BECAUSE).filter(case_id=made.case_id).exists()


def test_nothing_is_known_before_the_key_date(people, act_as):
    """The day counts in Germany: 00:30 on 4 November there is still the 3rd in UTC."""
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match=r"Stichtag 04\.11\.2026") as caught:
            outcome(actor, made.case_id, datetime(2026, 11, 3, 23, 30, tzinfo=BERLIN))
        assert caught.value.field == "months"
        assert outcome(actor, made.case_id, AFTER_SIX_MONTHS).pk


def test_a_point_is_recorded_once(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        row = outcome(actor, made.case_id, now)
        with pytest.raises(Invalid, match="berichtigen"):
            outcome(actor, made.case_id, now, category="UNEMPLOYED")
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_a_correction_replaces_the_answer_and_is_traced(people, act_as, now, trail):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        row = outcome(actor, made.case_id, AFTER_SIX_MONTHS, category="UNKNOWN", source="")
        correct = {
            "actor": actor,
            "outcomestatus_id": row.pk,
            "version": 1,
            "now": now,
            "because": "Der Betrieb rief an",
        }
        change = entry_kind("verbleib").correct
        change(**correct, category="APPRENTICESHIP", source="Betrieb", since_on=date(2026, 9, 1))
        row.refresh_from_db()
        assert (row.category, row.source, row.since_on) == ("APPRENTICESHIP", "Betrieb", date(2026, 9, 1))
        assert (row.version, row.recorded_at, row.corrected_because) == (2, AFTER_SIX_MONTHS, CALLED)
        with pytest.raises(Conflict):
            change(**correct, category="UNEMPLOYED", source="Jobcenter")
        for wrong, field in (({"category": "ASTRONAUT"}, "category"), ({"source": " "}, "source")):
            with pytest.raises(Invalid) as caught:
                change(**correct | {"version": 2} | wrong)
            assert caught.value.field == field
    (line,) = trail("monitoring.correct_outcome")
    assert line.details == {"columns": ["category", "since_on", "source"]}


@pytest.mark.parametrize("state", PATHS)
def test_outcomes_need_a_release_and_outlive_the_case(people, act_as, now, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor:
        if state in (State.AFTERCARE, State.PAUSED, State.CLOSED):
            assert outcome(actor, made.case_id, now).pk
        else:
            with pytest.raises(Refused, match="Entlassung"):
                outcome(actor, made.case_id, now)


def test_what_became_of_somebody_who_left_early_is_still_recorded(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        for day, kind in ((5, "PHONE"), (12, "LETTER"), (19, "PHONE")):
            contact(
                actor, made.case_id, now, happened_on=date(2026, 6, day), kind=kind, outcome=ContactOutcome.NOT_REACHED
            )
        close(actor, case_of(made), date(2026, 7, 1), reason="LOST_CONTACT")
        assert outcome(actor, made.case_id, now, category="UNKNOWN", source="").months == 6


def test_who_does_not_lead_the_case_is_refused_and_strangers_find_nothing(people, act_as, now):
    """After release the social service of the prison sees nothing of the case any more."""
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        row = outcome(actor, made.case_id, now)
    attempts = (
        lambda actor: contact(actor, made.case_id, now),
        lambda actor: outcome(actor, made.case_id, now, months=3),
        lambda actor: entry_kind("verbleib").correct(
            actor=actor, outcomestatus_id=row.pk, now=now, category="UNEMPLOYED", source="Jobcenter", because="falsch"
        ),
    )
    expected = {"jan": Refused, "cem": NotVisible, "bert": NotVisible, "hanna": NotVisible, "ede": NotVisible}
    for key, error in expected.items():
        for attempt in attempts:
            with act_as(people[key]) as actor, pytest.raises(error):
                attempt(actor)
