"""Stories of release dates (domain 9.2): what may be said, what it moves, what was known when."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.agenda.enums import Anchor, ItemState
from ina.agenda.models import Item
from ina.base.clock import BERLIN
from ina.base.errors import Conflict, Invalid
from ina.cases.enums import HypothesisKind as Kind
from ina.cases.enums import HypothesisStatus as Status
from ina.cases.enums import Phase, State
from ina.cases.models import Case, Enforcement, Worklist
from ina.cases.models import ReleaseDateHypothesis as Hypothesis
from ina.cases.operations import release_dates as dates
from ina.cases.queries import get_file
from ina.cases.queries.release_dates import (
    Change,
    check_claim,
    list_claims,
    planning_date_as_of,
    planning_dates,
    possible_days,
    preview_change,
)
from ina.cases.rules.release import DateClaim
from tests.factories.cases import PLANNED_ON, REFERRED_ON, at, case_for, case_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHY = "a test looks"


def say(actor, made, now, on, kind=Kind.TWO_THIRDS, status=Status.PLAUSIBLE, **more):
    given = {"source": "StVK", "asserted_on": TODAY} | more
    return dates.state_release_date(
        actor=actor, case_id=made.case_id, on=on, kind=kind, status=status, now=now, **given
    )


def file_of(actor, made):
    return get_file(actor, made.number, today=TODAY)


def planned(made) -> date:
    return Worklist.objects.unscoped(because=WHY).get(case_id=made.case_id).planning_key


def serve(actor, made, **facts):
    """The sheet of the prosecution says this."""
    Enforcement.objects.create(
        dossier_id=made.dossier_id,
        case_id=made.case_id,
        refers_on=TODAY,
        recorded_at=at(TODAY),
        recorded_by_id=actor.membership_id,
        **facts,
    )


# --- stories -------------------------------------------------------------------------------------------------------


def test_two_thirds_decided_three_weeks_before(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        hope = say(actor, made, now, date(2026, 12, 14), status=Status.POSSIBLE)
        assert planned(made) == PLANNED_ON, "a possible day moves nothing"
        before = hope.pk
        held = dates.decide_release_date(
            actor=actor, case_id=made.case_id, claim_id=before, status=Status.DECIDED,
            source="Beschluss vom 20.11.2026", asserted_on=TODAY, probability=100, now=now,
        )  # fmt: skip
        assert planned(made) == date(2026, 12, 14)
        former = Hypothesis.objects.visible_to(actor).get(pk=before)
        assert (former.status, former.dropped_from, former.dropped_because) == (
            "DROPPED",
            "POSSIBLE",
            "jetzt entschieden",
        )
        assert (held.source, held.kind, held.probability) == ("Beschluss vom 20.11.2026", Kind.TWO_THIRDS, 100)
        assert file_of(actor, made).phase is Phase.PREPARATION


def test_a_decision_against_it_goes_back_to_custody(people, act_as, now):
    made = case_for(people.alma, planned_on=date(2028, 3, 1))
    with act_as(people.alma) as actor:
        claim = say(actor, made, now, date(2027, 2, 12))
        assert file_of(actor, made).phase is Phase.PREPARATION
        file = file_of(actor, made)
        row = next(row for row in file.hypotheses if row.pk == claim.pk)
        seen = preview_change(actor, file, Change(without=row), TODAY)
        assert (seen.old, seen.new, seen.days) == (date(2027, 2, 12), date(2028, 3, 1), 383)
        assert (seen.phase_old, seen.phase_new) == ("Entlassungsvorbereitung", "im Vollzug")
        dates.drop_release_date(
            actor=actor, case_id=made.case_id, claim_id=claim.pk, because="Aussetzung abgelehnt", now=now
        )
        assert file_of(actor, made).phase is Phase.CUSTODY and planned(made) == date(2028, 3, 1)


@pytest.mark.parametrize(
    ("end", "possible"),
    [
        (date(2027, 12, 25), {date(2027, 12, 21): Kind.WEEKEND_HOLIDAY, date(2027, 12, 20): Kind.URGENT}),
        (date(2027, 3, 26), {date(2027, 3, 25): Kind.WEEKEND_HOLIDAY, date(2027, 3, 23): Kind.URGENT}),  # Good Friday
        (date(2027, 3, 30), {date(2027, 3, 25): Kind.WEEKEND_HOLIDAY, date(2027, 3, 23): Kind.URGENT}),  # after Easter
    ],
)
def test_days_that_the_law_makes_possible(end, possible, people, act_as, now):
    made = case_for(people.alma, planned_on=end)
    with act_as(people.alma) as actor:
        offered = possible_days(file_of(actor, made), TODAY)
        assert possible.items() <= {one.on: one.kind for one in offered}.items()
        assert all(one.why and "§ 60" in one.source for one in offered)
        on = next(day for day, kind in possible.items() if kind is Kind.WEEKEND_HOLIDAY)
        say(actor, made, now, on, Kind.WEEKEND_HOLIDAY)
        assert planned(made) == on
        assert on not in [
            one.on for one in possible_days(file_of(actor, made), TODAY) if one.kind is Kind.WEEKEND_HOLIDAY
        ]


def test_another_day_than_the_law_allows_is_refused_with_the_days_that_it_does(people, act_as, now):
    made = case_for(people.alma, planned_on=date(2027, 12, 25))
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match=r"möglich ist hier 21\.12\.2027") as raised:
            say(actor, made, now, date(2027, 12, 20), Kind.WEEKEND_HOLIDAY)
        assert raised.value.field == "on"
        with pytest.raises(Invalid, match="gibt es dafür keinen Tag"):
            say(actor, made, now, date(2027, 11, 11), Kind.CHRISTMAS_PARDON)  # no decree is known for that winter


def test_without_an_end_of_sentence_nothing_counts_from_it(people, act_as, now):
    made = case_for(people.alma, planned_on=None)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="zuerst das Strafende") as raised:
        say(actor, made, now, date(2026, 12, 18), Kind.URGENT)
    assert raised.value.field == "kind"


def test_christmas_pardon_in_the_winter_whose_decree_is_known(people, act_as):
    # Entered in autumn 2025: the decree of that year covers 13.11.2025 to 02.01.2026.
    made = case_for(people.alma, planned_on=None)
    then = date(2025, 10, 1)
    standing = [DateClaim(date(2025, 12, 10), Status.PLAUSIBLE, Kind.SENTENCE_END)]
    with act_as(people.alma):
        case = case_of(made)
        pardon = DateClaim(date(2025, 11, 12), Status.PLAUSIBLE, Kind.CHRISTMAS_PARDON)
        check_claim(case, pardon, standing, asserted_on=then, today=then)
        with pytest.raises(Invalid, match=r"12\.11\.2025"):
            wrong = DateClaim(date(2025, 11, 13), Status.PLAUSIBLE, Kind.CHRISTMAS_PARDON)
            check_claim(case, wrong, standing, asserted_on=then, today=then)


def test_credit_days_come_off_first_and_everything_counts_from_there(people, act_as, now):
    made = case_for(people.alma, planned_on=date(2027, 6, 11))
    with act_as(people.alma) as actor:
        serve(actor, made, credit_days=6)
        offered = {(one.on, one.kind) for one in possible_days(file_of(actor, made), TODAY)}
        assert {(date(2027, 6, 5), Kind.CREDIT_DAYS), (date(2027, 6, 4), Kind.WEEKEND_HOLIDAY)} <= offered
        with pytest.raises(Invalid, match=r"05\.06\.2027"):
            say(actor, made, now, date(2027, 6, 4), Kind.CREDIT_DAYS)
        say(actor, made, now, date(2027, 6, 5), Kind.CREDIT_DAYS)
        assert planned(made) == date(2027, 6, 5)


def test_credit_days_that_nobody_counted_are_checked_against_what_a_year_allows(people, act_as, now):
    made = case_for(people.alma, planned_on=date(2027, 6, 11))
    with act_as(people.alma) as actor:
        serve(actor, made, begins_on=date(2026, 1, 10))
        with pytest.raises(Invalid, match="höchstens 24 Freistellungstage"):
            say(actor, made, now, date(2027, 6, 11) - timedelta(days=25), Kind.CREDIT_DAYS)
        say(actor, made, now, date(2027, 6, 11) - timedelta(days=24), Kind.CREDIT_DAYS)
        say(actor, made, now, date(2027, 5, 14), Kind.WEEKEND_HOLIDAY)  # a Friday, before Whit Monday's weekend
        assert planned(made) == date(2027, 5, 14)


def test_further_custody_makes_earlier_days_no_release(people, act_as, now):
    made = case_for(people.alma, planned_on=date(2027, 1, 15))
    with act_as(people.alma) as actor:
        file = file_of(actor, made)
        new = DateClaim(date(2027, 9, 1), Status.DECIDED, Kind.FURTHER_CUSTODY)
        seen = preview_change(actor, file, Change(new), TODAY)
        assert seen.new == date(2027, 9, 1) and any("ist keine Entlassung" in said for said in seen.warnings)
        say(actor, made, now, date(2027, 9, 1), Kind.FURTHER_CUSTODY, Status.DECIDED)
        assert planned(made) == date(2027, 9, 1)


def test_a_sheet_that_names_more_sentences_asks_before_anything_is_planned(people, act_as):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        serve(actor, made, further_sentences="60 Tage Ersatzfreiheitsstrafe")
        new = DateClaim(date(2027, 1, 15), Status.PLAUSIBLE, Kind.TWO_THIRDS)
        warned = preview_change(actor, file_of(actor, made), Change(new), TODAY).warnings
        assert "60 Tage Ersatzfreiheitsstrafe" in warned[0]
        assert any("Ein Freitag" in each for each in warned)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 24), "Heiligabend"),
        (date(2026, 12, 24), "fällt in die Zeit"),
        (date(2027, 3, 25), "vor einem Feiertag (Karfreitag)"),
        (date(2027, 1, 16), "ist ein Wochenende"),
        (date(2027, 1, 17), "Kein Arbeitstag"),
    ],
)
def test_warnings_of_the_day(on, words, people, act_as):
    made = case_for(people.alma, planned_on=date(2028, 3, 1))
    with act_as(people.alma) as actor:
        new = DateClaim(on, Status.PLAUSIBLE, Kind.TWO_THIRDS)
        warned = preview_change(actor, file_of(actor, made), Change(new), TODAY).warnings
    assert any(words in each for each in warned), warned


def test_a_young_person_is_not_released_without_guardians(people, act_as):
    made = case_for(people.alma, state=State.SCREENING, born_on=date(2009, 5, 1), planned_on=None)
    with act_as(people.alma) as actor:
        new = DateClaim(date(2027, 4, 29), Status.PLAUSIBLE, Kind.TWO_THIRDS)
        assert "Jugendamt" in preview_change(actor, file_of(actor, made), Change(new), TODAY).warnings[-1]
        new = DateClaim(date(2027, 5, 4), Status.PLAUSIBLE, Kind.TWO_THIRDS)
        assert not any(
            "Jugendamt" in each for each in preview_change(actor, file_of(actor, made), Change(new), TODAY).warnings
        )


# --- what cannot be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"on": TODAY - timedelta(days=1)}, "on", "Entlassung bestätigen"),
        ({"on": date(2086, 11, 24)}, "on", "60 Jahre"),
        ({"on": TODAY - timedelta(days=1), "kind": Kind.SENTENCE_END}, "on", "Vergangenheit"),
        ({"on": PLANNED_ON + timedelta(days=1)}, "on", "nach dem Strafende"),
        ({"on": TODAY + timedelta(days=1), "kind": Kind.SUSPENDED}, "on", "wenn sie begonnen hat"),
        ({"on": REFERRED_ON - timedelta(days=1), "kind": Kind.SUSPENDED}, "on", "vor dem Zugang"),
        ({"asserted_on": TODAY + timedelta(days=1)}, "asserted_on", "Zukunft"),
        ({"source": " "}, "source", "Quelle"),
        ({"probability": 101}, "probability", "zwischen 0 und 100"),
        ({"probability": -1}, "probability", "zwischen 0 und 100"),
        ({"status": Status.DROPPED}, "status", "entschieden"),
    ],
)
def test_what_nobody_can_have_said(wrong, field, words, people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match=words) as raised:
            say(actor, made, now, **({"on": date(2027, 1, 15)} | wrong))
        assert raised.value.field == field
        assert Hypothesis.objects.visible_to(actor).filter(case_id=made.case_id).count() == 1


@pytest.mark.parametrize("probability", [None, 0, 100])
def test_a_probability_may_be_unknown_and_may_be_nothing(probability, people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        claim = say(actor, made, now, date(2027, 1, 15), probability=probability, remark=" nur mündlich ")
        claim.refresh_from_db()
        assert (claim.probability, claim.remark) == (probability, "nur mündlich")


def test_today_is_no_past_day_and_an_interruption_began_in_the_past(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        say(actor, made, now, TODAY - timedelta(days=3), Kind.SUSPENDED, Status.DECIDED)
        assert planned(made) == PLANNED_ON, "an interruption is no release"
        say(actor, made, now, TODAY, Kind.FINE_PAYMENT, Status.DECIDED)
        assert planned(made) == TODAY


def test_every_kind_of_the_domain_can_be_entered(people, act_as, now):
    days = {
        Kind.SENTENCE_END: date(2027, 12, 25), Kind.WEEKEND_HOLIDAY: date(2027, 12, 21), Kind.SUSPENDED: TODAY,
        Kind.URGENT: date(2027, 12, 20), Kind.CREDIT_DAYS: date(2027, 12, 19), Kind.FURTHER_CUSTODY: date(2028, 6, 1),
    }  # fmt: skip
    for kind in set(Kind) - {Kind.CHRISTMAS_PARDON}:
        made = case_for(people.alma, planned_on=None if kind is Kind.SENTENCE_END else date(2027, 12, 25))
        with act_as(people.alma) as actor:
            assert say(actor, made, now, days.get(kind, date(2027, 10, 1)), kind).kind == kind


def test_a_corrected_end_of_sentence_replaces_the_wrong_one(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        [wrong] = file_of(actor, made).hypotheses
        new = DateClaim(date(2027, 5, 3), Status.PLAUSIBLE, Kind.SENTENCE_END)
        assert preview_change(actor, file_of(actor, made), Change(new, without=wrong), TODAY).new == date(2027, 5, 3)
        say(actor, made, now, date(2027, 5, 3), Kind.SENTENCE_END, replaces_id=wrong.pk)
        wrong.refresh_from_db()
        assert wrong.status == Status.DROPPED and wrong.dropped_because == "ersetzt durch Strafende 03.05.2027"
        assert file_of(actor, made).legal_end == date(2027, 5, 3) == planned(made)
        with pytest.raises(Invalid, match="schon entfallen"):
            say(actor, made, now, date(2027, 5, 4), Kind.SENTENCE_END, replaces_id=wrong.pk)


def test_a_reason_is_needed_and_a_claim_falls_away_once(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        [claim] = file_of(actor, made).hypotheses
        given = {"actor": actor, "case_id": made.case_id, "claim_id": claim.pk, "now": now}
        with pytest.raises(Invalid, match="warum"):
            dates.drop_release_date(because=" ", **given)
        dates.drop_release_date(because="Urteil aufgehoben", **given)
        with pytest.raises(Invalid, match="schon entfallen"):
            dates.drop_release_date(because="noch einmal", **given)
        with pytest.raises(Invalid, match="schon entfallen"):
            dates.decide_release_date(status=Status.DECIDED, source="x", asserted_on=TODAY, **given)


def test_nobody_is_decided_twice_the_same(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        [claim] = file_of(actor, made).hypotheses
        for status, words in ((Status.PLAUSIBLE, "schon „plausibel“"), (Status.DROPPED, "entfällt mit einem Grund")):
            with pytest.raises(Invalid, match=words):
                dates.decide_release_date(
                    actor=actor, case_id=made.case_id, claim_id=claim.pk, status=status, source="x", asserted_on=TODAY,
                    now=now,
                )  # fmt: skip


def test_twice_in_a_minute_by_two_people_the_second_is_told(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        seen = file_of(actor, made).case.version
    with act_as(people.hanna) as actor:
        say(actor, made, now, date(2026, 12, 18), source="Anstalt", version=seen)
    with act_as(people.alma) as actor:
        with pytest.raises(Conflict):
            say(actor, made, now + timedelta(seconds=40), date(2026, 12, 16), version=seen)
        assert planned(made) == date(2026, 12, 18)
        again = Case.objects.visible_to(actor).get(pk=made.case_id).version
        say(actor, made, now + timedelta(seconds=60), date(2026, 12, 16), version=again)
        assert planned(made) == date(2026, 12, 16)


# --- preview and apply say the same --------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [date(2026, 12, 18), date(2027, 2, 1), date(2028, 6, 30), date(2026, 11, 24)])
def test_the_preview_is_what_happens(on, people, act_as, now):
    made = case_for(people.alma, planned_on=date(2029, 3, 1))
    with act_as(people.alma) as actor:
        say(actor, made, now, date(2027, 4, 1), Kind.OTHER)
        file = file_of(actor, made)
        former = next(row for row in file.hypotheses if row.kind == Kind.OTHER)
        new = DateClaim(on, Status.PLAUSIBLE, Kind.OTHER)
        seen = preview_change(actor, file, Change(new, without=former), TODAY)
        said = {move.item_id: move.will for move in (*seen.overdue, *seen.moved, *seen.unchanged) if move.item_id}
        assert len(said) >= 1 and seen.days == (on - date(2027, 4, 1)).days
        say(actor, made, now, on, Kind.OTHER, replaces_id=former.pk)
        items = Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, anchor=Anchor.RELEASE)
        assert said == dict(items.filter(pk__in=said, state=ItemState.OPEN).values_list("pk", "due_on"))
        late = {item.pk for item in items if item.state == ItemState.OPEN and item.shown_on < TODAY}
        assert {move.item_id for move in seen.overdue if move.item_id} <= late


@pytest.mark.parametrize(("on", "short"), [(date(2026, 12, 20), True), (date(2026, 12, 21), False)])
def test_less_than_four_weeks_is_the_short_list(on, short, people, act_as):
    made = case_for(people.alma, planned_on=date(2029, 3, 1))
    with act_as(people.alma) as actor:
        seen = preview_change(actor, file_of(actor, made), Change(DateClaim(on, Status.DECIDED, Kind.OTHER)), TODAY)
    assert seen.short is short


def test_before_admission_there_is_nothing_to_move(people, act_as):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        new = DateClaim(date(2027, 1, 15), Status.PLAUSIBLE, Kind.TWO_THIRDS)
        seen = preview_change(actor, file_of(actor, made), Change(new), TODAY)
    assert (seen.total, seen.new, seen.phase_new) == (0, date(2027, 1, 15), "Klärung")


def test_without_any_claim_left_deadlines_wait(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        file = file_of(actor, made)
        seen = preview_change(actor, file, Change(without=file.hypotheses[0]), TODAY)
        assert seen.new is None and seen.days is None and len(seen.waiting) == seen.moving > 0
        dates.drop_release_date(
            actor=actor, case_id=made.case_id, claim_id=file.hypotheses[0].pk, because="aufgehoben", now=now
        )
        assert planned(made) == date(9999, 12, 31)


# --- what was known when -------------------------------------------------------------------------------------------


def test_what_was_planned_on_a_past_day(people, act_as):
    made = case_for(people.alma, planned_on=date(2027, 3, 1))  # said on 2 March 2026
    with act_as(people.alma) as actor:
        claim = say(actor, made, at(date(2026, 6, 1)), date(2026, 12, 18), asserted_on=date(2026, 6, 1))
        dates.drop_release_date(
            actor=actor, case_id=made.case_id, claim_id=claim.pk, because="abgelehnt", now=at(date(2026, 9, 1))
        )
        case = case_of(made)
        known = {
            date(2026, 3, 1): None,
            date(2026, 3, 3): date(2027, 3, 1),
            date(2026, 6, 2): date(2026, 12, 18),
            date(2026, 9, 2): date(2027, 3, 1),
        }
        assert {day: planning_date_as_of(actor, case, at(day)) for day in known} == known
        rows = list(list_claims(actor, case).values())
        assert [each.on for each in planning_dates(actor, rows)] == [
            date(2027, 3, 1), date(2026, 12, 18), date(2027, 3, 1),
        ]  # fmt: skip


def test_a_wrong_entry_was_believed_until_it_was_voided(people, act_as, now):
    made = case_for(people.alma, planned_on=date(2027, 3, 1))
    with act_as(people.alma) as actor:
        claim = say(actor, made, at(date(2026, 6, 1)), date(2026, 12, 18), asserted_on=date(2026, 6, 1))
        Hypothesis.objects.unscoped(because=WHY).filter(pk=claim.pk).update(
            voided_at=at(date(2026, 7, 1)), voided_by=actor.membership_id, voided_because="falsche Akte"
        )
        case = case_of(made)
        assert planning_date_as_of(actor, case, at(date(2026, 6, 15))) == date(2026, 12, 18)
        assert planning_date_as_of(actor, case, at(date(2026, 7, 2))) == date(2027, 3, 1)
        assert len(list_claims(actor, case)) == 2


def test_a_corrected_day_was_another_one_before(people, act_as, now, moment):
    made = case_for(people.alma, planned_on=date(2027, 3, 1))
    with act_as(people.alma) as actor:
        rows = Hypothesis.objects.unscoped(because=WHY).filter(case_id=made.case_id)
        rows.update(on=date(2027, 1, 3), corrected_because="Zahlendreher", version=2)
        case = case_of(made)
        assert planning_date_as_of(actor, case, at(date(2026, 4, 1))) == date(2027, 3, 1)
        assert planning_date_as_of(actor, case, moment + timedelta(minutes=5)) == date(2027, 1, 3)


@pytest.mark.parametrize(
    ("on", "night"),
    [(date(2027, 3, 28), datetime(2027, 3, 28, 3, 30)), (date(2027, 10, 31), datetime(2027, 10, 31, 2, 30))],
)
def test_nights_in_which_clocks_change_move_nothing(on, night, people, act_as):
    made = case_for(people.alma, planned_on=date(2029, 3, 1))
    moment = night.replace(tzinfo=BERLIN)
    with act_as(people.alma) as actor:
        say(actor, made, moment, on, Kind.FINE_PAYMENT, Status.DECIDED, asserted_on=on)
        assert planned(made) == on
        with pytest.raises(Invalid):
            say(actor, made, moment, on - timedelta(days=1), Kind.FINE_PAYMENT, Status.DECIDED, asserted_on=on)
        item = Item.objects.visible_to(actor).get(dossier_id=made.dossier_id, kind="cases.confirm_release")
        assert item.due_on == on


# --- how many statements -------------------------------------------------------------------------------------------


def many_items(actor, made, count):
    for number in range(count):
        Item.objects.create(
            dossier_id=made.dossier_id, case_number=1, kind="", title=f"Frist {number}", anchor=Anchor.RELEASE,
            offset_count=-number, offset_unit="days", due_on=PLANNED_ON - timedelta(days=number),
            shown_on=PLANNED_ON - timedelta(days=number), recorded_at=at(TODAY), origin="TYPED",
            responsible_id=actor.membership_id,
        )  # fmt: skip


@pytest.mark.parametrize("count", [1, 120])
def test_preview_and_apply_take_the_same_statements_however_many_items_hang_on_the_day(count, people, act_as, now):
    made = case_for(people.alma)
    new = DateClaim(date(2027, 1, 15), Status.PLAUSIBLE, Kind.TWO_THIRDS)
    with act_as(people.alma) as actor:
        many_items(actor, made, count)
        file = file_of(actor, made)
        with CaptureQueriesContext(connection) as preview:
            seen = preview_change(actor, file, Change(new), TODAY)
        assert seen.total >= count
        assert sum('FROM "agenda_item"' in query["sql"] for query in preview.captured_queries) == 1
        assert len(preview.captured_queries) == 10
        with CaptureQueriesContext(connection) as applied:
            say(actor, made, now, new.on, new.kind, version=seen.version)
        statements = [query["sql"] for query in applied.captured_queries if "SAVEPOINT" not in query["sql"]]
        assert len(statements) == 22, "\n".join(statements)
