"""The intake sheet in its sections, what the criteria make of it, and cases of somebody who comes back."""

from datetime import date, timedelta

import pytest

from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import State, YesNo
from ina.cases.looking_back import what_came_of
from ina.cases.models import EntrySituation, HealthSituation
from ina.cases.operations import intake as operations
from ina.cases.operations.acts import decline
from ina.cases.operations.referrals import refer_again
from ina.cases.queries import check_eligibility, earlier_cases, gates_of, get_file, get_intake, newest_number
from ina.cases.rules.eligibility import Advice, Verdict
from ina.planning.enums import GoalStatus, Priority
from ina.planning.operations import judge_goal, set_goal
from ina.profiling.enums import KeyGroup
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BECAUSE = "a test looks"


@pytest.fixture
def made(people):
    return case_for(people.alma, state=State.SCREENING)


@pytest.fixture
def fill(people, act_as, now):
    def call(name, made, who="alma", **entered):
        with act_as(people[who]) as actor:
            entered.setdefault("now", now)
            return getattr(operations, f"fill_{name}")(actor=actor, case_id=made.case_id, **entered)

    return call


@pytest.fixture
def sheet(people, act_as):
    """The sheet as somebody sees it, and the file it was read with."""

    def read(made, who="alma", case_number=None):
        with act_as(people[who]) as actor:
            file = get_file(actor, made.number, today=TODAY, case_number=case_number)
            return get_intake(actor, file), file

    return read


def test_nothing_but_the_day_must_be_known(made, fill, sheet):
    for name in ("enforcement", "entry_situation", "benefits", "esf_entry"):
        fill(name, made, refers_on=TODAY)
    fill("referral_sheet", made)
    rows = sheet(made)[0].rows
    assert {name for name, row in rows.items() if row} == {"referral", "enforcement", "situation", "benefits", "esf"}
    assert rows["enforcement"].work_permit == YesNo.UNKNOWN and rows["situation"].school == ""


def test_a_section_is_filled_once_and_then_corrected(made, fill, sheet):
    first = fill("enforcement", made, refers_on=TODAY, ends_on=date(2027, 9, 1), source="Vollstreckungsblatt")
    second = fill(
        "enforcement", made, sheet_version=1, refers_on=TODAY, ends_on=date(2027, 8, 1), source="Vollstreckungsblatt"
    )
    assert (first.pk, second.version) == (second.pk, 2)
    assert sheet(made)[0].rows["enforcement"].ends_on == date(2027, 8, 1)


@pytest.mark.parametrize("version", [0, 2])
def test_whoever_was_faster_is_not_overwritten(made, fill, version):
    fill("benefits", made, refers_on=TODAY, debts=YesNo.YES)
    with pytest.raises(Conflict):
        fill("benefits", made, sheet_version=version, refers_on=TODAY, debts=YesNo.NO)


def test_the_day_may_be_earlier_and_never_in_the_future(made, fill):
    assert fill("entry_situation", made, refers_on=date(2026, 3, 2)).refers_on == date(2026, 3, 2)
    with pytest.raises(Invalid, match="Zukunft"):
        fill("benefits", made, refers_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "wrong", "field"),
    [
        ("enforcement", {"kind": "NONSENSE"}, "kind"),
        ("enforcement", {"ends_on": date(2027, 1, 1)}, "source"),
        ("enforcement", {"begins_on": date(2026, 1, 2), "half_on": date(2026, 1, 1), "source": "x"}, "half_on"),
        ("enforcement", {"begins_on": date(2026, 1, 2), "ends_on": date(2026, 1, 1), "source": "x"}, "ends_on"),
        ("entry_situation", {"isced": "9"}, "isced"),
        ("entry_situation", {"driving_licence": "x" * 121}, "driving_licence"),
        ("benefits", {"benefit_before": "NONSENSE"}, "benefit_before"),
        ("health", {"consent_on": TODAY + timedelta(days=1)}, "consent_on"),
        ("esf_entry", {"refused": True, "minority": YesNo.NO}, "minority"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(made, fill, name, wrong, field):
    with pytest.raises(Invalid) as raised:
        fill(name, made, refers_on=TODAY, **wrong)
    assert raised.value.field == field


def test_health_stands_in_a_compartment_of_its_own(people, made, fill, act_as):
    fill("health", made, refers_on=TODAY, consent_on=TODAY, limits="nicht schwer heben")
    for who, seen in (("alma", 1), ("jan", 0), ("hanna", 0), ("cem", 0)):
        with act_as(people[who]):
            assert HealthSituation.objects.unscoped(because=BECAUSE).filter(dossier_id=made.dossier_id).count() == seen


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("alma", {"referral", "enforcement", "situation", "benefits", "health", "esf"}),
        ("jan", {"referral", "enforcement", "situation", "benefits", "esf"}),
        ("hanna", {"referral", "enforcement", "situation"}),
    ],
)
def test_each_reader_sees_the_sections_of_their_compartments(made, fill, sheet, who, shown):
    fill("benefits", made, refers_on=TODAY)
    seen = sheet(made, who)[0]
    assert seen.open == shown and set(seen.rows) == shown


def test_the_social_service_fills_its_sections_and_no_other(made, fill):
    assert fill("enforcement", made, who="hanna", refers_on=TODAY, kind="SENTENCE").kind == "SENTENCE"
    assert fill("referral_sheet", made, who="hanna", wish="wieder gärtnern").version == 1
    for name in ("benefits", "esf_entry"):
        with pytest.raises(Refused):
            fill(name, made, who="hanna", refers_on=TODAY)
    with pytest.raises(Refused):
        fill("health", made, who="hanna", refers_on=TODAY, consent_on=TODAY)


def test_leads_read_and_strangers_find_nothing(made, fill):
    with pytest.raises(Refused):
        fill("enforcement", made, who="jan", refers_on=TODAY)
    with pytest.raises(NotVisible):
        fill("enforcement", made, who="cem", refers_on=TODAY)


def test_an_ended_case_is_not_filled(people, fill):
    ended = case_for(people.alma, state=State.DECLINED)
    with pytest.raises(Refused, match="beendet"):
        fill("enforcement", ended, refers_on=TODAY)


# --- the criteria ---------------------------------------------------------------------------------------------------


@pytest.fixture
def checked(people, act_as):
    def check(made):
        with act_as(people.alma) as actor:
            file = get_file(actor, made.number, today=TODAY)
            return check_eligibility(actor, file, get_intake(actor, file), TODAY)

    return check


def test_without_a_sheet_most_is_unknown(made, checked):
    codes = checked(made).codes()
    assert codes["custody"] == codes["may_work"] == codes["conflict"] == codes["need"] == "UNKNOWN"
    assert (codes["remaining"], checked(made).advice) == ("WARNING", Advice.UNDECIDED)


def test_the_sheets_answer_the_criteria(made, fill, checked):
    fill("enforcement", made, refers_on=TODAY, kind="SENTENCE", work_permit=YesNo.YES, deportation=YesNo.NO)
    fill("entry_situation", made, refers_on=TODAY, needs_integration=YesNo.YES)
    fill("referral_sheet", made, conflict_of_interest=YesNo.NO)
    codes = checked(made).codes()
    passed = {"custody", "may_work", "deportation", "need", "conflict", "age"}
    assert {key for key, verdict in codes.items() if verdict == "PASSED"} >= passed


@pytest.mark.parametrize(
    ("answer", "key", "verdict"),
    [
        ({"kind": "REMAND"}, "custody", Verdict.FAILED),
        ({"kind": "SUBSTITUTE"}, "custody", Verdict.WARNING),
        ({"deportation": YesNo.YES}, "deportation", Verdict.UNKNOWN),
        ({"work_permit": YesNo.NO}, "may_work", Verdict.UNKNOWN),
    ],
)
def test_what_speaks_against_is_said_and_not_decided(made, fill, checked, answer, key, verdict):
    fill("enforcement", made, refers_on=TODAY, **answer)
    assert checked(made).codes()[key] == verdict


def test_gates_name_what_is_missing(people, act_as):
    bare = case_for(people.alma, state=State.SCREENING, talk=False, born_on=date(2010, 1, 1))
    with act_as(people.alma) as actor:
        file = get_file(actor, bare.number, today=TODAY)
        gates = gates_of(actor, file, get_intake(actor, file), TODAY)
    assert [gate.key for gate in gates if not gate.done] == [
        "talk",
        "information",
        "agreement",
        "PARTICIPATION",
        "DATA_USE",
        "guardian",
    ]


# --- somebody comes back --------------------------------------------------------------------------------------------


@pytest.fixture
def returned(people, act_as, fill, now):
    """A closed case with a sheet, and the second case of the same file."""
    made = case_for(people.alma, state=State.SCREENING)
    fill("entry_situation", made, refers_on=date(2026, 3, 2), school="LOWER", german_level="B1")
    fill("benefits", made, refers_on=date(2026, 3, 2), benefit_before="ALG1", debts=YesNo.YES)
    fill("health", made, refers_on=date(2026, 3, 2), consent_on=date(2026, 3, 2), limits="Rücken")
    with act_as(people.alma) as actor:
        decline(actor=actor, case_id=made.case_id, happened_on=date(2026, 6, 1), reason="OWN_PLANS", now=now)
        refer_again(
            actor=actor,
            dossier_id=made.dossier_id,
            prison_id=people.alma.place_id,
            booking_number="N2",
            referred_on=TODAY,
            source="SELF",
            now=now,
        )
    return made


def test_the_earlier_case_suggests_answers_but_never_health(returned, sheet):
    seen, file = sheet(returned)
    assert file.case.number == 2 and seen.rows["situation"] is None
    assert seen.suggested_from == 1 and seen.suggested["situation"]["school"] == "LOWER"
    assert seen.suggested["benefits"] == {"debts": "YES"} and "health" not in seen.suggested


def test_a_case_of_one_s_own_is_never_overwritten_by_the_earlier(returned, sheet, people, act_as, now):
    with act_as(people.alma) as actor:
        case_id = get_file(actor, returned.number, today=TODAY).case.pk
        operations.fill_entry_situation(actor=actor, case_id=case_id, refers_on=TODAY, school="ABITUR", now=now)
        rows = EntrySituation.objects.visible_to(actor).filter(dossier_id=returned.dossier_id)
        assert dict(rows.values_list("case__number", "school")) == {1: "LOWER", 2: "ABITUR"}
    assert "situation" not in sheet(returned)[0].suggested
    assert sheet(returned, case_number=1)[0].rows["situation"].school == "LOWER"


def test_what_was_before_is_told(returned, people, act_as):
    with act_as(people.alma) as actor:
        file = get_file(actor, returned.number, today=TODAY)
        (row,) = earlier_cases(actor, file.dossier)
        assert (row.number, row.ended_on, row.ending) == (1, date(2026, 6, 1), "hat eigene Pläne")
        assert newest_number(actor, file.dossier) == 2


def test_goals_and_outcomes_of_an_ended_case_are_told(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        goal = set_goal(
            actor=actor,
            case_id=made.case_id,
            wording_person="einen Gabelstaplerschein machen",
            key_group=KeyGroup.QUALIFICATION,
            priority=Priority.HIGH,
            now=now,
        )
        judge_goal(actor=actor, goal_id=goal.pk, status=GoalStatus.REACHED, status_on=TODAY, now=now)
        assert what_came_of(actor, [made.case_id])[made.case_id] == ["Ziel erreicht: einen Gabelstaplerschein machen"]
    with act_as(people.cem) as actor:
        assert what_came_of(actor, [made.case_id])[made.case_id] == []


def test_rows_say_what_they_are(made, fill):
    assert str(fill("enforcement", made, refers_on=TODAY)) == "Vollstreckung, Stand 23.11.2026"
