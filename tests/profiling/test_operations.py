"""Recording findings: what is kept, and what is refused."""

from datetime import date

import pytest

from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.enums import State
from ina.profiling.enums import Aspect, FindingBasis, Need, ProfilingKind, Severity
from ina.profiling.models import Finding, Profiling
from ina.profiling.operations import record_finding
from tests.factories.cases import ADMITTED_ON, case_for

pytestmark = pytest.mark.django_db
BECAUSE = "a test looks at what it made"
HELD_ON = date(2026, 4, 1)


def record(actor, case_id, now, **more):
    values = {
        "held_on": HELD_ON,
        "kind": ProfilingKind.INITIAL,
        "aspect": Aspect.STRENGTH,
        "basis": FindingBasis.FACT,
        "text": "Malergeselle mit Brief",
    }
    return record_finding(actor=actor, case_id=case_id, now=now, **values | more)


def test_findings_of_one_day_belong_to_one_profiling(people, act_as, now, trail):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        record(actor, made.case_id, now)
        record(
            actor,
            made.case_id,
            now,
            aspect=Aspect.CIRCUMSTANCES,
            need=Need.HOUSING,
            severity=Severity.SEVERE,
            basis=FindingBasis.SELF_REPORT,
            text="  keine Wohnung  ",
        )
        profiling = Profiling.objects.unscoped(because=BECAUSE).get(case_id=made.case_id)
        finding = Finding.objects.unscoped(because=BECAUSE).get(need="R1")
    assert (profiling.held_on, profiling.kind, profiling.version) == (HELD_ON, "INITIAL", 2)
    assert (finding.text, finding.severity, finding.dossier_id) == ("keine Wohnung", "SEVERE", made.dossier_id)
    assert (finding.recorded_at, finding.recorded_by_id) == (now, people.alma.membership_id)
    assert [line.dossier_id for line in trail("profiling.record_finding")] == [made.dossier_id] * 2
    assert "Wohnung" not in str(trail("profiling.record_finding"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": date(2026, 11, 24)}, "held_on"),
        ({"held_on": date(2026, 3, 15)}, "held_on"),
        ({"text": "  "}, "text"),
        ({"need": Need.MONEY}, "need"),
        ({"aspect": Aspect.MOTIVATION, "need": Need.MONEY}, "need"),
        ({"basis": "RUMOUR"}, "basis"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(people, act_as, now, wrong, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as caught:
            record(actor, made.case_id, now, **wrong)
        assert caught.value.field == field
        assert not Profiling.objects.unscoped(because=BECAUSE).filter(case_id=made.case_id).exists()


def test_the_day_of_admission_is_early_enough(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        assert record(actor, made.case_id, now, held_on=ADMITTED_ON).profiling.held_on == ADMITTED_ON


def test_a_second_kind_on_the_same_day_is_refused(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        record(actor, made.case_id, now)
        with pytest.raises(Invalid) as caught:
            record(actor, made.case_id, now, kind=ProfilingKind.AD_HOC)
    assert caught.value.field == "kind"


@pytest.mark.parametrize("state", [State.SCREENING, State.WAITING, State.DECLINED, State.REJECTED, State.CLOSED])
def test_no_profiling_before_admission_nor_after_the_end(people, act_as, now, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        record(actor, made.case_id, now)


@pytest.mark.parametrize("state", [State.ADMITTED, State.AFTERCARE, State.PAUSED])
def test_profiling_goes_on_after_release(people, act_as, now, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor:
        assert record(actor, made.case_id, now, kind=ProfilingKind.AD_HOC).pk


def test_who_sees_the_file_but_does_not_lead_it_is_refused(people, act_as, now):
    made = case_for(people.alma)
    for member in (people.jan, people.hanna):
        with act_as(member) as actor, pytest.raises(Refused):
            record(actor, made.case_id, now)


def test_a_foreign_case_looks_absent(people, act_as, now):
    made = case_for(people.alma)
    for member in (people.cem, people.bert, people.gero, people.ede):
        with act_as(member) as actor, pytest.raises(NotVisible):
            record(actor, made.case_id, now)
