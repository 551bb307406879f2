"""The acts of a case with the database: who may, what follows from each, and that voiding it leaves nothing behind."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from ina.access.models import Grant
from ina.agenda.models import Item, Timing
from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases import evidence
from ina.cases.enums import Act, State
from ina.cases.lifecycle import Standing, after, may_follow
from ina.cases.models import Assignment, Case, CaseAct, Controller, CustodyPeriod, Worklist
from ina.cases.operations import acts
from ina.cases.operations.worklist import EXPECTED, _mend_of
from ina.cases.queries import aftercare_end_of, released_on, standing_acts, standing_of, state_of
from tests.factories import cases as made_by
from tests.factories.cases import ADMITTED_ON, PATHS, PLANNED_ON, REFERRED_ON, RELEASED_ON, at, case_for, case_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHY = "a test looks at what it made"
PAUSED_INSIDE, PAUSED_OUTSIDE = Standing(State.PAUSED, State.ADMITTED), Standing(State.PAUSED, State.AFTERCARE)
STANDINGS = [*(Standing(state) for state in PATHS if state is not State.PAUSED), PAUSED_INSIDE, PAUSED_OUTSIDE]


def named(standing: Standing) -> str:
    return f"{standing.state}-from-{standing.left}" if standing.left else str(standing.state)


def stand(people, standing: Standing, **given):
    """A case of Alma's that stands there; the pause from custody began on 1 October."""
    if standing != PAUSED_INSIDE:
        return case_for(people.alma, state=standing.state, **given)
    made = case_for(people.alma, **given)
    with made_by.acting_as(people.alma.actor):
        pause(people.alma.actor, made.case_id, at(date(2026, 10, 1)), on=date(2026, 10, 1), reason="TRANSFERRED")
    return made


def pause(actor, case_id, now, *, on=TODAY, reason="THERAPY", until=None, **more):
    acts.pause(
        actor=actor,
        case_id=case_id,
        happened_on=on,
        reason=reason,
        until=until or on + timedelta(days=30),
        now=now,
        **more,
    )


def resume(actor, case_id, now, on=TODAY):
    acts.resume(actor=actor, case_id=case_id, happened_on=on, now=now)


def close(actor, case_id, now, reason="WITHDRAWN_BY_PARTICIPANT", on=TODAY, **more):
    acts.close_case(actor=actor, case_id=case_id, closed_on=on, reason=reason, now=now, **more)


def confirm(actor, case_id, now, on=TODAY):
    acts.confirm_release(actor=actor, case_id=case_id, released_on=on, now=now)


def waitlist(actor, case_id, now):
    acts.waitlist(
        actor=actor, case_id=case_id, happened_on=TODAY, reason="TOO_EARLY", resubmit_on=date(2027, 1, 4), now=now
    )


def admit(actor, case_id, now):
    acts.admit(
        actor=actor, case_id=case_id, admitted_on=TODAY, agreement_on=TODAY, participation_on=TODAY,
        data_use_on=TODAY, text_version="1", now=now,
    )  # fmt: skip


ACTS = {
    Act.TAKEN_UP: lambda actor, case_id, now: acts.take_up(actor=actor, case_id=case_id, happened_on=TODAY, now=now),
    Act.WAITLISTED: waitlist,
    Act.ADMITTED: admit,
    Act.DECLINED: lambda actor, case_id, now: acts.decline(
        actor=actor, case_id=case_id, happened_on=TODAY, reason="NOT_SAID", now=now
    ),
    Act.RECONSIDERED: lambda actor, case_id, now: acts.reconsider(
        actor=actor, case_id=case_id, happened_on=TODAY, now=now
    ),
    Act.REJECTED: lambda actor, case_id, now: acts.reject(
        actor=actor, case_id=case_id, happened_on=TODAY, reason="NO_NEED", now=now
    ),
    Act.RELEASE_CONFIRMED: confirm,
    Act.PAUSED: pause,
    Act.RESUMED: resume,
    Act.CLOSED: lambda actor, case_id, now: close(actor, case_id, now, "DEPARTED"),
}
# Whoever decides about somebody on the waiting list takes them up in the same breath.
DECIDED_FROM_WAITING = {Act.WAITLISTED, Act.ADMITTED, Act.DECLINED, Act.REJECTED}


@pytest.mark.parametrize("standing", STANDINGS, ids=named)
def test_each_act_works_or_is_refused_as_the_table_says(standing, people, act_as, now):
    made = stand(people, standing)
    for act, perform in ACTS.items():
        from_here = (
            Standing(State.SCREENING) if standing.state is State.WAITING and act in DECIDED_FROM_WAITING else standing
        )
        with act_as(people.alma) as actor:
            if may_follow(from_here, act):
                with transaction.atomic():
                    perform(actor, made.case_id, now)
                    assert standing_of(case_of(made)) == after(from_here, act)
                    assert case_of(made).version > 1
                    assert wrong_rows(act_as, people) == []
                    transaction.set_rollback(True)
            else:
                with pytest.raises(Refused, match="im jetzigen Stand nicht möglich"):
                    perform(actor, made.case_id, now)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("person", "error"), [("jan", Refused), ("hanna", Refused), ("bert", NotVisible)])
def test_the_case_manager_alone_acts(person, error, act, people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING, planned_on=None)
    with act_as(people[person]) as actor, pytest.raises(error):
        ACTS[act](actor, made.case_id, now)


def test_a_reason_that_no_list_knows_is_invalid(people, act_as, now):
    screening, inside = case_for(people.alma, state=State.SCREENING), case_for(people.alma)
    common = {"happened_on": TODAY, "reason": "sonst was", "now": now}
    with act_as(people.alma) as actor:
        for operation, made, more in (
            (acts.waitlist, screening, {"resubmit_on": PLANNED_ON}),
            (acts.decline, screening, {}),
            (acts.reject, screening, {}),
            (acts.pause, inside, {"until": TODAY + timedelta(days=9)}),
        ):
            with pytest.raises(Invalid) as raised:
                operation(actor=actor, case_id=made.case_id, **common, **more)
            assert raised.value.field == "reason"


# --- what follows, and that it goes again -------------------------------------------------------------------------


def wrong_rows(act_as, people) -> list:
    """List rows that the nightly comparison would mend, of what Alma sees."""
    from django.db import connections

    with act_as(people.alma), connections["default"].cursor() as cursor:
        cursor.execute(EXPECTED)
        return [mend for row in cursor.fetchall() if (mend := _mend_of(row))]


def all_that_hangs(made) -> dict:
    """Custody, accountability, law, who reads, what is asked for by when, the list row. Read as Alma."""
    case = case_of(made)
    controllers = Controller.objects.unscoped(because=WHY).filter(case=case).order_by("period")
    asked = Item.objects.unscoped(because=WHY).filter(dossier_id=made.dossier_id, state="OPEN")
    reading = Grant.objects.filter(dossier_id=made.dossier_id, valid__endswith=None)
    return {
        "stays": [row.ends_on for row in CustodyPeriod.objects.unscoped(because=WHY).filter(case=case)],
        "accountable": [row.period for row in Assignment.objects.unscoped(because=WHY).filter(case=case)],
        "law": [(row.kind, row.institution_id, row.period) for row in controllers],
        "reading": sorted(reading.values_list("basis", "holder_id")),
        "asked": sorted(asked.values_list("kind", "title", "due_on", "responsible_id")),
        "anchors": anchors(made),
        "row": Worklist.objects.unscoped(because=WHY).filter(case=case).values(
            "state", "is_open", "planning_key", "due_key", "responsible_id", "team_id", "unit_id"
        ).get(),
    }  # fmt: skip


def void_last(actor, made, now, because="Verwechslung"):
    last = standing_acts(case_of(made)).last()
    acts.void_act(actor=actor, caseact_id=last.pk, because=because, now=now)
    return CaseAct.objects.visible_to(actor).get(pk=last.pk)


@pytest.mark.parametrize(
    ("standing", "act"),
    [(standing, act) for standing in STANDINGS for act in ACTS if may_follow(standing, act)],
    ids=lambda each: named(each) if isinstance(each, Standing) else str(each),
)
def test_a_voided_act_leaves_everything_as_it_was(standing, act, people, act_as, now):
    made = stand(people, standing)
    with act_as(people.alma) as actor:
        before = all_that_hangs(made)
        ACTS[act](actor, made.case_id, now)
        assert all_that_hangs(made) != before
        row = void_last(actor, made, now)
        assert (row.act, row.is_voided, row.voided_because) == (act, True, "Verwechslung")
        assert all_that_hangs(made) == before
        assert standing_of(case_of(made)) == standing
        assert wrong_rows(act_as, people) == []
        # Entered once more it does the same again.
        ACTS[act](actor, made.case_id, now)
        assert standing_of(case_of(made)) == after(standing, act)
        assert wrong_rows(act_as, people) == []


def test_only_the_last_act_is_voided_with_a_reason_and_never_the_referral(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referred, taken_up, admitted = standing_acts(case_of(made))
        with pytest.raises(Invalid) as raised:
            acts.void_act(actor=actor, caseact_id=admitted.pk, because="  ", now=now)
        assert raised.value.field == "because"
        with pytest.raises(Refused, match="Zuerst das letzte Ereignis"):
            acts.void_act(actor=actor, caseact_id=taken_up.pk, because="Irrtum", now=now)
        with pytest.raises(Refused, match="Zugang selbst"):
            acts.void_act(actor=actor, caseact_id=referred.pk, because="Irrtum", now=now)
        acts.void_act(actor=actor, caseact_id=admitted.pk, because="Irrtum", now=now)
        with pytest.raises(Refused, match="schon storniert"):
            acts.void_act(actor=actor, caseact_id=admitted.pk, because="Irrtum", now=now)


def test_an_older_case_stays_ended_and_its_settling_takes_nothing_from_the_newer(people, act_as, now):
    from ina.cases.operations.consequences import settle
    from ina.cases.operations.referrals import refer_again

    made = case_for(people.alma, state=State.CLOSED)
    with act_as(people.alma) as actor:
        again = {"prison_id": people.alma.place_id, "referred_on": TODAY, "source": "SELF"}
        refer_again(actor=actor, dossier_id=made.dossier_id, now=now, **again)
        with pytest.raises(Refused, match="schon einen neuen Fall"):
            void_last(actor, made, now)
        settle(case_of(made), now=now)
    with act_as(people.hanna) as actor:
        assert Case.objects.visible_to(actor).filter(dossier_id=made.dossier_id, number=2).exists()


def open_kinds(made) -> set[str]:
    items = Item.objects.unscoped(because=WHY).filter(dossier_id=made.dossier_id, state="OPEN")
    return set(items.values_list("kind", flat=True))


def due(made, kind) -> date | None:
    items = Item.objects.unscoped(because=WHY).filter(dossier_id=made.dossier_id, state="OPEN", kind=kind)
    return items.values_list("due_on", flat=True).first()


def anchors(made) -> dict[str, date]:
    return dict(Timing.objects.unscoped(because=WHY).filter(dossier_id=made.dossier_id).values_list("anchor", "on"))


def test_anchors_follow_the_acts(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        assert anchors(made) == {"REFERRAL": REFERRED_ON}
        admit(actor, made.case_id, now)
        assert anchors(made) == {"REFERRAL": REFERRED_ON, "ADMISSION": TODAY, "RELEASE": PLANNED_ON}
        confirm(actor, made.case_id, now)
        assert anchors(made)["RELEASE"] == TODAY
        close(actor, made.case_id, now)
        assert anchors(made)["CLOSING"] == TODAY
        assert "cases.closing_report" in open_kinds(made)


def test_release_stops_what_is_about_custody_and_changes_law_and_who_reads(people, act_as, now):
    from ina.agenda.kinds import custody_kinds

    made = case_for(people.alma)
    with act_as(people.hanna) as actor:
        assert Case.objects.visible_to(actor).filter(pk=made.case_id).exists()
    with act_as(people.alma) as actor:
        inside = open_kinds(made)
        confirm(actor, made.case_id, now)
        assert inside & set(custody_kinds()) and not open_kinds(made) & set(custody_kinds())
        justice, carrier = Controller.objects.visible_to(actor).filter(case_id=made.case_id).order_by("period")
        assert (justice.kind, justice.period.upper) == ("JUSTICE", TODAY)
        assert (carrier.kind, carrier.period.lower, carrier.after_release) == ("CARRIER", TODAY, True)
        assert carrier.institution_id == people.alma.actor.institution_id
        assert CustodyPeriod.objects.visible_to(actor).get(case_id=made.case_id).ends_on == TODAY
    with act_as(people.hanna) as actor:
        assert not Case.objects.visible_to(actor).filter(pk=made.case_id).exists()
    with act_as(people.alma) as actor:
        void_last(actor, made, now)
    with act_as(people.hanna) as actor:
        assert Case.objects.visible_to(actor).filter(pk=made.case_id).exists()


def test_released_on_the_day_of_the_referral_the_carrier_begins_the_next_day_and_stays(people, act_as, now):
    from ina.cases.operations.consequences import settle

    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        case = case_of(made)
        Controller.objects.unscoped(because=WHY).filter(case=case).update(period=made_by.referrals.period(TODAY))
        admit(actor, made.case_id, now)
        confirm(actor, made.case_id, now)
        for _ in range(2):
            rows = Controller.objects.visible_to(actor).filter(case=case).order_by("period")
            assert [(row.kind, row.period.lower) for row in rows] == [
                ("JUSTICE", TODAY), ("CARRIER", TODAY + timedelta(days=1)),
            ]  # fmt: skip
            settle(case, now=now)


def test_waiting_comes_up_on_its_day_and_is_done_when_taken_up(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        waitlist(actor, made.case_id, now)
        assert due(made, "cases.resubmit") == date(2027, 1, 4)
        assert "cases.decide_admission" not in open_kinds(made)
        acts.take_up(actor=actor, case_id=made.case_id, happened_on=TODAY, now=now)
        assert due(made, "cases.resubmit") is None
        item = Item.objects.visible_to(actor).get(dossier_id=made.dossier_id, kind="cases.resubmit")
        assert (item.state, item.closed_on) == ("DONE", TODAY)
        void_last(actor, made, now)
        assert due(made, "cases.resubmit") == date(2027, 1, 4)
        void_last(actor, made, now)
        assert (due(made, "cases.resubmit"), state_of(case_of(made))) == (None, State.SCREENING)
        assert Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, kind="cases.resubmit").count() == 1


# --- resting ------------------------------------------------------------------------------------------------------


def test_a_pause_has_a_limit_and_comes_up_on_its_day(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        for until in (TODAY, date(2027, 2, 24)):
            with pytest.raises(Invalid) as raised:
                pause(actor, made.case_id, now, until=until)
            assert raised.value.field == "until"
        pause(actor, made.case_id, now, until=date(2027, 2, 23))
        assert due(made, "cases.resume") == date(2027, 2, 23)
        resume(actor, made.case_id, now)
        assert due(made, "cases.resume") is None


def test_imprisoned_again_is_who_was_released_and_transferred_who_was_not(people, act_as, now):
    inside, outside = case_for(people.alma), case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        for made, reason in ((inside, "REIMPRISONED"), (outside, "TRANSFERRED")):
            with pytest.raises(Invalid) as raised:
                pause(actor, made.case_id, now, reason=reason, imprisonment="UNKNOWN")
            assert raised.value.field == "reason"
        with pytest.raises(Invalid) as raised:
            pause(actor, outside.case_id, now, reason="REIMPRISONED")
        assert raised.value.field == "imprisonment"
        pause(actor, outside.case_id, now, reason="REIMPRISONED", imprisonment="SUBSTITUTE")
        assert standing_acts(case_of(outside)).last().facts == {"imprisonment": "SUBSTITUTE"}


def test_imprisonment_stops_the_clock_of_aftercare_and_nothing_else_does(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    released = TODAY - timedelta(days=60)
    with act_as(people.alma) as actor:
        void_last(actor, made, now)
        confirm(actor, made.case_id, now, on=released)
        end = due(made, "cases.close")
        assert end == aftercare_end_of(case_of(made)) == date(2027, 3, 24)
        began, free = TODAY - timedelta(days=20), TODAY - timedelta(days=10)
        pause(actor, made.case_id, now, on=began, reason="THERAPY")
        assert due(made, "cases.close") == end
        void_last(actor, made, now)
        pause(actor, made.case_id, now, on=began, reason="REIMPRISONED", imprisonment="REMAND_ONLY")
        assert (due(made, "cases.close"), aftercare_end_of(case_of(made))) == (None, None)
        resume(actor, made.case_id, now, on=free)
        assert due(made, "cases.close") == aftercare_end_of(case_of(made)) == end + timedelta(days=10)
        with pytest.raises(Invalid, match=r"bis zum 03\.04\.2027"):
            close(actor, made.case_id, now, "REGULAR_6M_OTHER")
        void_last(actor, made, now)
        void_last(actor, made, now)
        assert due(made, "cases.close") == end


@pytest.mark.parametrize("reason", ["REGULAR_6M_IN_WORK", "REGULAR_6M_IN_TRAINING", "REGULAR_6M_OTHER"])
def test_a_regular_end_needs_the_whole_duration_of_aftercare(reason, people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        end = date(2026, 11, 4)  # released on 4 May
        assert due(made, "cases.close") == end
        with pytest.raises(Invalid, match=r"bis zum 04\.11\.2026") as raised:
            close(actor, made.case_id, now, reason, on=end - timedelta(days=1))
        assert raised.value.field == "reason"
        close(actor, made.case_id, now, reason, on=end)
        item = Item.objects.visible_to(actor).get(dossier_id=made.dossier_id, kind="cases.close")
        assert (item.state, item.closed_on) == ("DONE", end)


def test_no_regular_end_while_imprisoned_again(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        pause(actor, made.case_id, now, on=date(2026, 10, 1), reason="REIMPRISONED", imprisonment="REVOCATION")
        with pytest.raises(Invalid, match="steht wegen erneuter Haft still"):
            close(actor, made.case_id, now, "REGULAR_6M_OTHER")
        close(actor, made.case_id, now, "REINCARCERATED", imprisonment="REVOCATION")
        assert standing_acts(case_of(made)).last().facts == {"imprisonment": "REVOCATION"}


def test_a_release_while_paused_in_custody_begins_aftercare(people, act_as, now):
    made = stand(people, PAUSED_INSIDE)
    with act_as(people.alma) as actor:
        confirm(actor, made.case_id, now)
        assert (state_of(case_of(made)), released_on(case_of(made))) == (State.AFTERCARE, TODAY)
        assert (due(made, "cases.resume"), due(made, "cases.close")) == (None, date(2027, 5, 23))


# --- endings ------------------------------------------------------------------------------------------------------

WORLD = {
    "TRANSFER_OUT_OF_REGION", "DEPARTED", "RELEASE_UNFORESEEN_NO_AFTERCARE", "DECEASED", "ERROR_OR_DUPLICATE"
}  # fmt: skip
INSIDE = WORLD | {
    "TRANSFER_TO_OTHER_SERVICE", "WITHDRAWN_BY_PARTICIPANT", "EXCLUDED", "THERAPY_LONG_TERM", "NOT_FIT_FOR_WORK",
    "NO_CONSENT",
}  # fmt: skip
OUTSIDE = (INSIDE - {"RELEASE_UNFORESEEN_NO_AFTERCARE"}) | {
    "REGULAR_6M_IN_WORK", "REGULAR_6M_IN_TRAINING", "REGULAR_6M_OTHER", "LOST_CONTACT", "REINCARCERATED"
}  # fmt: skip
POSSIBLE = {
    Standing(State.SCREENING): WORLD,
    Standing(State.WAITING): WORLD,
    Standing(State.ADMITTED): INSIDE,
    PAUSED_INSIDE: INSIDE,
    Standing(State.AFTERCARE): OUTSIDE,
    PAUSED_OUTSIDE: OUTSIDE,
}
EVERYTHING = {
    "remark": "besprochen",
    "imprisonment": "NEW_OFFENCE",
    "handed_to": "Bewährungshilfe",
    "complaint_explained": True,
}
TRIED = [(date(2026, 11, 2), "PHONE"), (date(2026, 11, 9), "LETTER"), (date(2026, 11, 16), "PHONE")]


@pytest.fixture
def attempts(monkeypatch):
    """What other modules know of attempts to reach the person; a list that the test fills."""
    known: list = []
    monkeypatch.setattr(evidence, "_attempts", [lambda case: known])
    return known


@pytest.mark.parametrize("standing", POSSIBLE, ids=named)
def test_every_reason_in_every_state(standing, people, act_as, now, attempts):
    attempts.extend(TRIED)
    made = stand(people, standing)
    with act_as(people.alma) as actor:
        for reason in sorted(INSIDE | OUTSIDE):
            with transaction.atomic():
                if reason in POSSIBLE[standing]:
                    close(actor, made.case_id, now, reason, **EVERYTHING)
                    last = standing_acts(case_of(made)).last()
                    assert (last.act, last.reason, state_of(case_of(made))) == (Act.CLOSED, reason, State.CLOSED)
                    reports = reason not in {"DECEASED", "ERROR_OR_DUPLICATE"}
                    assert ("cases.closing_report" in open_kinds(made)) is reports
                    assert wrong_rows(act_as, people) == []
                else:
                    with pytest.raises(Invalid) as raised:
                        close(actor, made.case_id, now, reason, **EVERYTHING)
                    assert raised.value.field == "reason"
                transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("reason", "left_out", "field", "kept"),
    [
        ("EXCLUDED", "remark", "remark", {"complaint_explained": True}),
        ("EXCLUDED", "complaint_explained", "complaint_explained", {"complaint_explained": True}),
        ("TRANSFER_TO_OTHER_SERVICE", "handed_to", "handed_to", {"handed_to": "Bewährungshilfe"}),
        ("REINCARCERATED", "imprisonment", "imprisonment", {"imprisonment": "NEW_OFFENCE"}),
        ("ERROR_OR_DUPLICATE", "remark", "remark", {}),
    ],
)
def test_what_an_ending_needs_is_asked_beside_its_field(reason, left_out, field, kept, people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        without = {name: value for name, value in EVERYTHING.items() if name != left_out}
        with pytest.raises(Invalid, match="Es fehlt") as raised:
            close(actor, made.case_id, now, reason, **without)
        assert raised.value.field == field
        close(actor, made.case_id, now, reason, **EVERYTHING)
        assert standing_acts(case_of(made)).last().facts == kept


def test_lost_contact_needs_its_attempts(people, act_as, now, attempts):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        attempts.extend([*TRIED[:2], (date(2026, 10, 20), "PHONE")])
        with pytest.raises(Invalid, match=r"2 Kontaktversuche auf 2 Wegen.*Nötig sind 3") as raised:
            close(actor, made.case_id, now, "LOST_CONTACT")
        assert raised.value.field == "reason"
        attempts.append(TRIED[2])
        close(actor, made.case_id, now, "LOST_CONTACT")
        assert standing_acts(case_of(made)).last().facts == {"attempts": 3, "channels": 2}


@pytest.mark.parametrize("reason", ["DEPARTED", "RELEASE_UNFORESEEN_NO_AFTERCARE", "TRANSFER_OUT_OF_REGION"])
def test_who_leaves_prison_with_the_end_is_no_longer_in_custody(reason, people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        close(actor, made.case_id, now, reason)
        assert CustodyPeriod.objects.visible_to(actor).get(case_id=made.case_id).ends_on == TODAY
        void_last(actor, made, now)
        assert CustodyPeriod.objects.visible_to(actor).get(case_id=made.case_id).ends_on is None


def test_an_act_lies_neither_in_the_future_nor_before_the_last(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        for day in (TODAY + timedelta(days=1), ADMITTED_ON - timedelta(days=1)):
            for perform in (confirm, close):
                with pytest.raises(Invalid) as raised:
                    perform(actor, made.case_id, now, on=day)
                assert raised.value.field in ("released_on", "closed_on")
    assert RELEASED_ON < TODAY
