"""Prison lists: who is new, changed, known; what ticked rows become."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connections

from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.enums import HypothesisKind as Kind
from ina.cases.enums import HypothesisStatus, ListPurpose, RowState
from ina.cases.models import (
    Case,
    CustodyPeriod,
    Participant,
    PrisonListImport,
    PrisonListRow,
    ReleaseDateHypothesis,
    Worklist,
)
from ina.cases.operations import prison_lists
from ina.cases.operations.list_corrections import correct_from_list
from ina.cases.operations.prison_lists import ListedPerson
from ina.cases.operations.referrals import Person
from ina.cases.queries import planning_date_of
from ina.cases.queries.lists import Release, differences_of_rows
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TE, HALF, TWO_THIRDS = (
    Release(date(2028, 6, 1), Kind.SENTENCE_END),
    Release(date(2026, 6, 1), Kind.HALF),
    Release(date(2027, 6, 1), Kind.TWO_THIRDS),
)


def listed(row: int, number: str, *, releases=(HALF, TWO_THIRDS, TE), **facts) -> ListedPerson:
    planned = next((one for one in releases if one.on >= TODAY), None)
    person = Person(
        surname=facts.pop("surname", f"Raute-{row}"),
        given_name="Toni",
        booking_number=number,
        release_on=planned and planned.on,
        release_kind=planned.kind if planned else Kind.OTHER,
        release_source="Gefangenenliste",
        **facts,
    )
    return ListedPerson(row=row, person=person, releases=tuple(releases))


def stage(actor, people, now, *rows):
    return prison_lists.stage_prison_list(
        actor=actor, prison_id=people.alma.place_id, file_name="liste.csv", people=rows, counts={"read": 1}, now=now
    )


def refer(actor, prison_list, now, rows=None):
    return prison_lists.refer_from_list(
        actor=actor, prisonlistimport_id=prison_list.pk, rows=rows, referred_on=TODAY, now=now
    )


def update(actor, prison_list, now, rows=None):
    return correct_from_list(actor=actor, prisonlistimport_id=prison_list.pk, rows=rows, now=now)


def states(actor, prison_list):
    rows = PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list).order_by("row")
    return [row.state for row in rows]


def claims_of(actor, case):
    rows = ReleaseDateHypothesis.objects.visible_to(actor).filter(case=case).order_by("pk")
    return {(row.kind, row.on, row.status) for row in rows}


def test_a_list_knows_who_is_new_known_and_doubled(people, act_as, now):
    case_for(people.cem, prison_id=people.alma.place_id, booking_number="B1")
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, *(listed(row, f"B{n}") for row, n in ((2, 1), (3, 2), (4, 2), (5, 3))))
        assert states(actor, prison_list) == [RowState.CHANGED, RowState.NEW, RowState.DUPLICATE, RowState.NEW]
        house = PrisonListRow.objects.visible_to(actor).get(prison_list=prison_list, row=2).house
        assert house == "Musterwerk"


def test_spaces_and_capitals_make_no_other_number(people, act_as, now):
    case_for(people.alma, booking_number="12 / 26 / a")
    with act_as(people.alma) as actor:
        assert states(actor, stage(actor, people, now, listed(2, "12/26/A", releases=())))[0] != RowState.NEW


def test_somebody_released_is_known_and_gets_no_second_file(people, act_as, now):
    from ina.cases.enums import State

    case_for(people.alma, booking_number="B9", state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        assert states(actor, stage(actor, people, now, listed(2, "B9"))) == [RowState.KNOWN]


def test_all_days_of_release_become_claims_and_past_ones_do_not_count(people, act_as, now):
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, listed(2, "B1"))
        (case,) = refer(actor, prison_list, now)
        assert claims_of(actor, case) == {
            ("TWO_THIRDS", date(2027, 6, 1), "PLAUSIBLE"),
            ("SENTENCE_END", date(2028, 6, 1), "PLAUSIBLE"),
            ("HALF", date(2026, 6, 1), "DROPPED"),
        }
        assert planning_date_of(case) == date(2027, 6, 1)
        assert Worklist.objects.visible_to(actor).get(case=case).planning_key == date(2027, 6, 1)


def test_the_same_list_again_is_unchanged_on_any_later_day(people, act_as, now):
    with act_as(people.alma) as actor:
        refer(actor, stage(actor, people, now, listed(2, "B1"), listed(3, "B2")), now)
        later = now + timedelta(days=400)
        again = [
            replace(one, person=replace(one.person, release_on=TE.on)) for one in (listed(2, "B1"), listed(3, "B2"))
        ]
        assert states(actor, stage(actor, people, later, *again)) == [RowState.KNOWN, RowState.KNOWN]


def test_ticking_again_and_what_was_referred_meanwhile_does_nothing(people, act_as, now, trail):
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, listed(2, "B5"), listed(3, "B6"))
    case_for(people.cem, prison_id=people.alma.place_id, booking_number="B5")
    with act_as(people.alma) as actor:
        assert len(refer(actor, prison_list, now, [2, 3])) == 1
        assert states(actor, prison_list) == [RowState.KNOWN, RowState.REFERRED]
        assert refer(actor, prison_list, now, [2, 3]) == []
        with pytest.raises(Invalid) as raised:
            refer(actor, prison_list, now, [])
        assert raised.value.field == "rows"
    assert len({line.dossier_id for line in trail("cases.refer_from_list")} - {None}) == 1


def test_nothing_is_half_done(people, act_as, now):
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, listed(2, "B5"), listed(3, "B6", department="x" * 61))
        with pytest.raises(Invalid):
            refer(actor, prison_list, now)
        assert states(actor, prison_list) == [RowState.NEW, RowState.NEW]
        assert not CustodyPeriod.objects.visible_to(actor).filter(booking_number="B5").exists()


def test_a_changed_row_says_what_differs_and_corrects_the_own_file(people, act_as, now, trail):
    new_end = Release(date(2028, 9, 1), Kind.SENTENCE_END)
    with act_as(people.alma) as actor:
        (case,) = refer(actor, stage(actor, people, now, listed(2, "B1", aliases="Kalle")), now)
        newer = listed(
            2, "B1", surname="Neu", department="Haus 3", aliases="Kalle; Kai", releases=(TWO_THIRDS, new_end)
        )
        prison_list = stage(actor, people, now, newer)
        assert states(actor, prison_list) == [RowState.CHANGED]
        shown = differences_of_rows(actor, people.alma.place_id, [(2, newer.person, newer.releases)], TODAY)[2]
        assert {(one.label, one.old, one.new) for one in shown} == {
            ("Familienname", "Raute-2", "Neu"),
            ("Abteilung, Haus", "", "Haus 3"),
            ("weiterer Name", "", "Kai"),
            ("Entlassung: Strafende", date(2028, 6, 1), date(2028, 9, 1)),
        }
        assert update(actor, prison_list, now) == [case.dossier_id]
        assert Participant.objects.visible_to(actor).get(dossier_id=case.dossier_id).surname == "Neu"
        assert Worklist.objects.visible_to(actor).get(case=case).name_key == "neu toni"
        dropped = ReleaseDateHypothesis.objects.visible_to(actor).get(case=case, on=TE.on)
        assert (dropped.status, dropped.dropped_from) == (HypothesisStatus.DROPPED, HypothesisStatus.PLAUSIBLE)
        assert dropped.dropped_because == "in neuer Liste anders"
        assert states(actor, prison_list) == [RowState.UPDATED]
        assert states(actor, stage(actor, people, now, newer)) == [RowState.KNOWN]
    assert {line.dossier_id for line in trail("cases.correct_from_list")} == {case.dossier_id}


def test_what_the_list_leaves_empty_is_not_taken_away(people, act_as, now):
    with act_as(people.alma) as actor:
        (case,) = refer(actor, stage(actor, people, now, listed(2, "B1", department="Haus 1", born_on=TODAY)), now)
        prison_list = stage(actor, people, now, listed(2, "B1", releases=()))
        assert states(actor, prison_list) == [RowState.KNOWN]
        assert CustodyPeriod.objects.visible_to(actor).get(case=case).department == "Haus 1"


def test_a_new_earlier_day_moves_the_planning_date(people, act_as, now):
    earlier = Release(date(2027, 3, 1), Kind.TWO_THIRDS)
    with act_as(people.alma) as actor:
        (case,) = refer(actor, stage(actor, people, now, listed(2, "B1")), now)
        update(actor, stage(actor, people, now, listed(2, "B1", releases=(earlier, TE))), now)
        case = Case.objects.visible_to(actor).get(pk=case.pk)
        assert planning_date_of(case) == earlier.on
        assert Worklist.objects.visible_to(actor).get(case=case).planning_key == earlier.on


def test_somebody_elses_file_is_neither_shown_nor_changed(people, act_as, now):
    with act_as(people.bert) as actor:
        (case,) = refer(actor, stage(actor, people, now, listed(2, "B1")), now)
    with act_as(people.alma) as actor:
        newer = listed(2, "B1", surname="Neu")
        prison_list = stage(actor, people, now, newer)
        assert states(actor, prison_list) == [RowState.CHANGED]
        assert not differences_of_rows(actor, people.alma.place_id, [(2, newer.person, newer.releases)], TODAY)
        assert update(actor, prison_list, now) == []
        assert states(actor, prison_list) == [RowState.CHANGED]
    with act_as(people.bert) as actor:
        assert Participant.objects.visible_to(actor).get(dossier_id=case.dossier_id).surname == "Raute-2"


def test_what_is_known_answers_no_more_than_numbers_hashes_and_the_house(people, bare_sql):
    case_for(people.cem, prison_id=people.alma.place_id, booking_number="B1")
    with bare_sql(people.alma) as cursor:
        cursor.execute("SELECT * FROM cases_known_bookings(%s, %s)", [people.alma.place_id, ["B1", "B2"]])
        assert cursor.fetchall() == [("B1", "", True, None, "Musterwerk")]
    with bare_sql(people.gero) as cursor:
        cursor.execute("SELECT * FROM cases_known_bookings(%s, %s)", [people.alma.place_id, ["B1"]])
        assert cursor.fetchall() == []


def test_a_discarded_list_forgets_its_people_and_belongs_to_its_uploader(people, act_as, now):
    with act_as(people.alma) as actor:
        prison_list = stage(actor, people, now, listed(2, "B7"))
    with act_as(people.bert) as actor, pytest.raises(NotVisible):
        prison_lists.discard_prison_list(actor=actor, prisonlistimport_id=prison_list.pk, now=now)
    with act_as(people.alma) as actor:
        prison_lists.discard_prison_list(actor=actor, prisonlistimport_id=prison_list.pk, now=now)
        assert states(actor, prison_list) == []
        with pytest.raises(Refused, match="abgeschlossen"):
            prison_lists.discard_prison_list(actor=actor, prisonlistimport_id=prison_list.pk, now=now)


def test_a_kept_file_is_gone_once_it_is_read_and_read_once(people, act_as, now):
    with act_as(people.alma) as actor:
        key = {"actor": actor, "now": now}
        kept = prison_lists.keep_list(
            prison_id=people.alma.place_id, file_name="x", content=b"abc", purpose=ListPurpose.PRISON_LIST, **key
        )
        for _ in range(2):
            prison_lists.fill_prison_list(
                prisonlistimport_id=kept.pk, people=[listed(2, "B7")], counts={"read": 1}, **key
            )
        found = PrisonListImport.objects.visible_to(actor).get(pk=kept.pk)
        assert (found.content, found.work, states(actor, kept)) == (None, "", [RowState.NEW])


@pytest.mark.parametrize("who", ["jan", "hanna"])
def test_lists_are_for_case_managers(people, act_as, now, who):
    with act_as(people[who]) as actor, pytest.raises(Refused):
        stage(actor, people, now, listed(2, "B7"))


def test_hundreds_take_so_many_statements_as_one(people, act_as, now, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    counts = []
    with act_as(people.alma) as actor:
        for begin, many in ((0, 2), (100, 60)):
            rows = [listed(row, f"N{begin + row}") for row in range(2, 2 + many)]
            with CaptureQueriesContext(connections["default"]) as queries:
                refer(actor, stage(actor, people, now, *rows), now)
            counts.append(len(queries))
    assert counts[0] == counts[1]
