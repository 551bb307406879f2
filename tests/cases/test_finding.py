"""Search by name and by Buchnummer: what is found inside the own scope, what never; and across the walls."""

from datetime import date

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from ina.access.operations.deputies import appoint_deputy
from ina.access.operations.dossiers import block_person, shield_file, unshield_file
from ina.base.clock import day_of
from ina.base.errors import Invalid, Refused
from ina.base.names import sort_key
from ina.cases.enums import AliasKind, SearchReason, State
from ina.cases.models import CustodyPeriod, Participant, PersonKey, Worklist
from ina.cases.operations import names
from ina.cases.operations.people import correct_participant
from ina.cases.queries import find_alike, list_cases
from ina.cases.queries import finding as queries
from ina.cases.queries.finding import find_booked, find_cases
from ina.cases.queries.outside import find_outside
from ina.cases.rules.finding import find_keys, fold
from ina.cases.rules.likeness import LIKELY, WEIGHTS, Sheet, given_words
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
BORN = date(1994, 4, 7)


@pytest.fixture
def found(act_as):
    """The ids of the cases that somebody finds, in order."""

    def find(member, text, **options):
        with act_as(member) as actor:
            return find_cases(actor, text, **options).case_ids

    return find


def person_of(made) -> Participant:
    return Participant.objects.unscoped(because="a test looks").get(dossier_id=made.dossier_id)


# --- inside the own scope ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Müller", "mueller", "Muller", "Mulelr", "Mühler", "Robin Mül", "mül rob", "Rbin"])
def test_names_are_found_however_they_are_spelled(people, found, typed):
    made = case_for(people.alma, surname="Müller", given_name="Robin")
    case_for(people.alma, surname="Goldlack", given_name="Ada")
    assert found(people.alma, typed) == [made.case_id]


def test_nonsense_finds_nothing(people, found):
    case_for(people.alma, surname="Müller")
    assert found(people.alma, "m") and not found(people.alma, "r")
    for typed in ("", "x", "zzz", "\x00", "%", "'; --", "Mohr", "müller goldlack"):
        assert found(people.alma, typed) == []


def test_the_best_fit_comes_first_and_ended_cases_last(people, found):
    sound = case_for(people.alma, surname="Mayr", given_name="Ada")
    ended = case_for(people.alma, surname="Meier", given_name="Ada", state=State.CLOSED)
    given = case_for(people.alma, surname="Distel", given_name="Meierin")
    longer = case_for(people.alma, surname="Meierling", given_name="Ada")
    same = case_for(people.alma, surname="Meier", given_name="Bo")
    assert found(people.alma, "Meier") == [each.case_id for each in (same, longer, given, sound, ended)]
    assert found(people.alma, "Meier", ended=True) == [ended.case_id]


def test_everybody_searches_their_own_scope(people, found):
    made = case_for(people.alma, surname="Eibisch")
    other = case_for(people.cem, surname="Eibisch")
    mine = [made.case_id]
    assert [found(people[who], "Eibsich") for who in ("alma", "jan", "hanna", "bert")] == [mine, mine, mine, []]
    assert [found(people[who], "Eibisch") for who in ("cem", "uwe", "vera")] == [[other.case_id]] * 3
    assert [found(people[who], "Eibisch") for who in ("gero", "ede", "karl", "frida")] == [[]] * 4


def test_somebody_excluded_finds_nothing(people, act_as, now, found):
    made = case_for(people.alma, surname="Eibisch")
    with act_as(people.jan) as actor:
        block_person(
            actor=actor, dossier_id=made.dossier_id, user_id=people.alma.user_id, reason="verschwägert", now=now
        )
    assert found(people.alma, "Eibisch") == [] and found(people.alma, "Eibsich") == []
    assert found(people.jan, "Eibisch") == [made.case_id]


def test_whoever_stands_in_finds_their_cases_too(people, act_as, now, moment):
    made = case_for(people.alma, surname="Eibisch", booking_number="12/26/3")
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(now),
            ends_on=date(2099, 12, 31),  # the wall asks the database's own clock
            reason="Urlaub",
            now=now,
        )
    with act_as(people.bert) as actor:
        assert [row.number for row in list_cases(actor, today=day_of(now), name="Eibsich").rows] == [made.number]
        assert [row.number for row in list_cases(actor, today=day_of(now), booking_number="12/26/3").rows]
    with act_as(people.cem) as actor:
        assert find_cases(actor, "Eibisch", principals=[people.alma.membership_id]).case_ids == []


def test_the_list_says_why(people, act_as, now):
    case_for(people.alma, surname="Müller", given_name="Robin")
    case_for(people.alma, surname="Robinie", given_name="Ada")
    with act_as(people.alma) as actor:
        found = list_cases(actor, today=day_of(now), name="Robin")
        assert [(row.name, row.because) for row in found.rows] == [("Müller, Robin", "Vorname"), ("Robinie, Ada", "")]
        assert (found.total, found.more, found.next_cursor) == (2, False, None)
        (slip,) = list_cases(actor, today=day_of(now), name="Mulelr").rows
        assert slip.because == "ähnlich geschrieben"


def test_too_many_hits_are_cut_and_said(people, act_as, monkeypatch):
    for number in range(4):
        case_for(people.alma, surname=f"Eibisch{'abcd'[number]}")
    monkeypatch.setattr(queries, "MOST", 3)
    with act_as(people.alma) as actor:
        found = find_cases(actor, "Eibisch")
    assert len(found.case_ids) == 3 and found.more


def test_many_who_begin_alike_do_not_crowd_out_the_one_meant(people, act_as, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 1)
    for number in range(12):
        case_for(people.alma, surname="Rüsterbach", given_name=f"Ada{'abcdefghijkl'[number]}")
    made = case_for(people.alma, surname="Rüsterhorst", given_name="Robin")
    with act_as(people.alma) as actor:
        for typed in ("Rüsterhrst", "Ruesterhorts", "Robin Rüsterhorst"):
            assert find_cases(actor, typed).case_ids == [made.case_id], typed


@pytest.mark.parametrize("name", ["Müller Anna", "Groß-Koë Maëlle", "van den Berg Ottoo", "Aeoueue Öe", "Yıldız Ł"])
def test_the_database_folds_as_python_does(people, act_as, name):
    with act_as(people.alma), connection.cursor() as cursor:
        cursor.execute("SELECT cases_folded(%s)", [sort_key(name)])
        assert cursor.fetchone()[0] == "".join(fold(word) for word in given_words(name))


def test_a_search_has_exactly_one_scope(people, act_as):
    empty = ", ".join(["NULL::text[]"] * 8)
    for scope in ("NULL, NULL, NULL", "'{1}', 1, NULL"):
        asked = f"SELECT * FROM cases_find({scope}, '{{t}}', 'a', 'b', {empty}, '{{}}', 5)"
        with act_as(people.alma), pytest.raises(DatabaseError, match="one scope"), transaction.atomic():
            connection.cursor().execute(asked)


# --- Buchnummer --------------------------------------------------------------------------------------------------


def test_a_buchnummer_is_found_whatever_its_spaces_and_capitals(people, act_as):
    made = case_for(people.alma, booking_number="B 117/25/4")
    case_for(people.alma, booking_number="B 117/25/41")
    for who in ("alma", "jan", "hanna"):
        with act_as(people[who]) as actor:
            for typed in ("B 117/25/4", "b117/25/4", " B117 / 25/4"):
                assert find_booked(actor, typed).case_ids == [made.case_id]
            assert find_booked(actor, "117/25/4").case_ids == [] and find_booked(actor, "").case_ids == []
    for who in ("bert", "cem", "vera", "frida"):
        with act_as(people[who]) as actor:
            assert find_booked(actor, "B117/25/4").case_ids == []


def test_a_number_of_an_earlier_stay_is_found_and_a_voided_one_is_not(people, act_as, now):
    made = case_for(people.alma, booking_number="77/26/1")
    stays = CustodyPeriod.objects.unscoped(because="a test moves").filter(case_id=made.case_id)
    with act_as(people.alma) as actor:
        stay = stays.get()
        stay.pk, stay.booking_number, stay.prison_id = None, "88/26/1", people.vera.institution_id
        stays.update(ends_on=day_of(now))
        stay.save(force_insert=True)
        assert find_booked(actor, "77/26/1").case_ids == find_booked(actor, "88/26/1").case_ids == [made.case_id]
        stays.filter(booking_number="77/26/1").update(voided_at=now, voided_because="falsche Nummer")
        assert find_booked(actor, "77/26/1").case_ids == []


# --- what is stored ----------------------------------------------------------------------------------------------


def test_an_alias_and_a_birth_name_find_the_person_until_they_are_voided(people, act_as, now, found):
    made = case_for(people.alma, surname="Salbei", given_name="Juniper")
    with act_as(people.alma) as actor:
        correct_participant(actor=actor, participant_id=person_of(made).pk, birth_name="Wermut", now=now)
        (row,) = list_cases(actor, today=day_of(now), name="Wermut").rows
        assert row.because == "weiterer Name: Wermut"
        alias = names.add_alias(
            actor=actor, participant_id=person_of(made).pk, kind=AliasKind.ALIAS, name="Juniper Beifuß", now=now
        )
        (row,) = list_cases(actor, today=day_of(now), name="beifus").rows
        assert row.because == "weiterer Name: Juniper Beifuß"
        names.void_alias(actor=actor, alias_id=alias.pk, because="Verwechslung", now=now)
    assert found(people.alma, "Beifuß") == []


def test_a_corrected_name_is_found_and_the_wrong_one_is_not(people, act_as, now, found):
    made = case_for(people.alma, surname="Salbei")
    with act_as(people.alma) as actor:
        correct_participant(actor=actor, participant_id=person_of(made).pk, surname="Quendel", now=now)
    assert found(people.alma, "Quendel") == [made.case_id] and found(people.alma, "Salbei") == []


@pytest.mark.parametrize("ban", [True, False])
def test_a_former_name_is_found_unless_it_is_under_the_ban_on_disclosure(people, act_as, now, found, ban):
    made = case_for(people.alma, surname="Salbei", given_name="Juniper")
    with act_as(people.alma) as actor:
        names.change_name(
            actor=actor,
            participant_id=person_of(made).pk,
            surname="Salbei",
            given_name="Viola",
            sex="w",
            on=day_of(now),
            under_disclosure_ban=ban,
            now=now,
        )
    assert found(people.alma, "Viola") == [made.case_id]
    for who in ("alma", "jan", "hanna"):
        assert found(people[who], "Juniper") == ([] if ban else [made.case_id])
    with act_as(people.alma) as actor:
        (row,) = Worklist.objects.visible_to(actor)
    # What the nightly comparison expects is the same.
    assert row.find_keys == find_keys("Salbei", "Viola", ["", *([] if ban else ["Salbei, Juniper"])])


# --- across the walls --------------------------------------------------------------------------------------------


@pytest.fixture
def outside(act_as, now):
    def search(member, surname="Wermut", given_name="Quentin", **given):
        options = {"born_on": None, "reason": SearchReason.OFFICE, "words": ""} | given
        with act_as(member) as actor:
            return find_outside(actor, surname=surname, given_name=given_name, now=now, **options)

    return search


@pytest.fixture
def wermut(people):
    return case_for(people.alma, surname="Wermut", given_name="Quentin", born_on=BORN)


def shield(act_as, people, made, now):
    with act_as(people.alma) as actor:
        shield_file(actor=actor, dossier_id=made.dossier_id, reason="aus der Presse bekannt", now=now)


def test_weights_in_the_database_are_those_of_the_table():
    from importlib import import_module

    found, shielded = (import_module(f"ina.cases.migrations.{name}") for name in ("0012_found", "0014_shielded"))
    assert WEIGHTS["SURNAME"] + WEIGHTS["GIVEN"] == found.SAME and shielded.LIKELY == LIKELY


def test_a_search_outside_tells_whom_to_ask_and_nothing_of_the_file(people, outside, wermut):
    (hit,) = outside(people.cem)
    assert (hit.number, hit.name, hit.same) == ("", "", True)
    assert hit.ask == people.alma.name and hit.house == "Beispielträger"


def test_a_file_seen_by_another_grant_is_named(people, outside, wermut):
    (hit,) = outside(people.hanna)
    assert hit.number == wermut.number and hit.name == "Wermut, Quentin"


@pytest.mark.parametrize(
    ("surname", "given_name", "hits"),
    [("Wermuth", "Quentin", 1), ("Wermut", "Kwentin", 0), ("Distel", "Quentin", 0), ("Wermut", "Quentin Otto", 1)],
)
def test_a_search_outside_forgives_little(people, outside, wermut, surname, given_name, hits):
    found = outside(people.cem, surname, given_name)
    assert len(found) == hits and not any(hit.same for hit in found)


def test_a_day_of_birth_leaves_others_out(people, outside, wermut):
    assert outside(people.cem, born_on=BORN) and outside(people.cem, born_on=date(1994, 4, 8))
    assert outside(people.cem, born_on=date(1971, 12, 30)) == []


def test_an_ended_case_is_told_too(people, outside):
    case_for(people.alma, surname="Wermut", given_name="Quentin", state=State.CLOSED)
    assert len(outside(people.cem)) == 1


def test_who_is_excluded_is_told_nothing(people, act_as, now, outside, wermut):
    with act_as(people.jan) as actor:
        block_person(actor=actor, dossier_id=wermut.dossier_id, user_id=people.cem.user_id, reason="Nachbar", now=now)
    assert outside(people.cem) == []


def test_a_name_under_the_ban_is_not_found_outside(people, act_as, now, outside, wermut):
    with act_as(people.alma) as actor:
        names.change_name(
            actor=actor,
            participant_id=person_of(wermut).pk,
            surname="Wermut",
            given_name="Viola",
            sex="w",
            on=day_of(now),
            under_disclosure_ban=True,
            now=now,
        )
    with act_as(people.alma):
        assert PersonKey.objects.filter(dossier_id=wermut.dossier_id, of_former=True).exists()
    assert outside(people.cem) == [] and len(outside(people.cem, given_name="Viola")) == 1


def test_the_search_is_recorded_with_its_reason_and_never_the_words(people, outside, wermut, trail):
    outside(people.cem, reason=SearchReason.OTHER, words="Rückfrage des Jugendamts")
    outside(people.cem, surname="Niemand", given_name="Nirgends")
    lines = trail("search.outside")
    assert sorted((line.dossier_id or 0, line.reason) for line in lines) == [
        (0, "Eine andere Stelle fragt an"),
        (0, "anderer Grund: Rückfrage des Jugendamts"),
        (wermut.dossier_id, "anderer Grund: Rückfrage des Jugendamts"),
    ]
    assert "ermut" not in str([line.details for line in lines])


@pytest.mark.parametrize("words", ["", "nur so", "Anfrage zu Herrn Wermut", "Frage zu Quentins Akte"])
def test_another_reason_is_put_into_words_without_the_name(people, outside, wermut, trail, words):
    with pytest.raises(Invalid) as refused:
        outside(people.cem, reason=SearchReason.OTHER, words=words)
    assert refused.value.field == "words" and trail("search.outside") == []


@pytest.mark.parametrize(("surname", "given_name"), [("", "Quentin"), ("Wermut", ""), ("W", "Q"), ("...", "Quentin")])
def test_a_search_outside_needs_a_full_name(people, outside, surname, given_name):
    with pytest.raises(Invalid, match="ausgeschrieben"):
        outside(people.cem, surname, given_name)


def test_nobody_tries_names_one_after_the_other(people, act_as, outside, now, trail):
    for _ in range(30):
        outside(people.cem)
    with pytest.raises(Invalid, match="30-mal"):
        outside(people.cem)
    assert trail("search.outside")[-1].details == {"stopped": True}
    asked = "SELECT * FROM cases_find_outside(%s, %s, '{SURNAME,GIVEN}', '{wermut,quentin}', NULL)"
    for holder, refusal in ((people.cem.own_holder, "too many"), (people.alma.own_holder, "not a holder")):
        with act_as(people.cem), pytest.raises(ProgrammingError, match=refusal), transaction.atomic():
            connection.cursor().execute(asked, [holder, now])


# --- shielded files ----------------------------------------------------------------------------------------------


def test_a_shielded_file_is_found_by_those_who_work_with_it_alone(people, act_as, now, outside, found, wermut, trail):
    shield(act_as, people, wermut, now)
    assert found(people.alma, "Wermut") == found(people.jan, "Wermut") == [wermut.case_id]
    assert outside(people.cem) == [] and outside(people.cem, born_on=BORN) == []
    assert [hit.number for hit in outside(people.hanna)] == [wermut.number]
    # Whoever leads the file learns of it.
    assert next(line.user_id for line in trail("search.outside") if line.dossier_id) == people.cem.user_id


def test_double_files_are_noticed_even_if_one_is_shielded(people, act_as, now, wermut):
    shield(act_as, people, wermut, now)
    with act_as(people.cem) as actor:
        assert find_alike(actor, Sheet(surname="Wermut", given_name="Quentin"), now) == []
        (hit,) = find_alike(actor, Sheet(surname="Wermut", given_name="Quentin", born_on=BORN), now)
    assert (hit.number, hit.ask, hit.house) == ("", "Leitung Team Rhein", "Beispielträger") and hit.likely


def test_the_shield_is_put_up_with_a_reason_and_taken_down(people, act_as, now, outside, wermut, trail):
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="Grund"):
        shield_file(actor=actor, dossier_id=wermut.dossier_id, reason=" kurz ", now=now)
    with act_as(people.hanna) as actor, pytest.raises(Refused):
        shield_file(actor=actor, dossier_id=wermut.dossier_id, reason="aus der Presse bekannt", now=now)
    shield(act_as, people, wermut, now)
    with act_as(people.alma) as actor, pytest.raises(Refused, match="schon"):
        shield_file(actor=actor, dossier_id=wermut.dossier_id, reason="aus der Presse bekannt", now=now)
    with act_as(people.jan) as actor:
        unshield_file(actor=actor, dossier_id=wermut.dossier_id, now=now)
    assert len(outside(people.cem)) == 1
    assert len(trail("access.shield_file")) == len(trail("access.unshield_file")) == 1
