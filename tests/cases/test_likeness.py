"""Files about the same person: the search over all walls, what it tells and hides, and links between two files."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from ina.access.enums import Basis
from ina.access.operations.dossiers import block_person, open_dossiers
from ina.audit.models import Entry
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import LinkState
from ina.cases.models import Alias, LikenessHint, Participant, PersonKey, SamePerson
from ina.cases.operations import links
from ina.cases.operations.person_keys import refresh_keys, remember_keys
from ina.cases.queries import find_alike, list_link_requests, list_links
from ina.cases.queries.people import SEARCHES_AN_HOUR, keys_of
from ina.cases.rules.likeness import POSSIBLE, Sheet, score
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
BORN = date(1994, 4, 7)
TYPED = Sheet(surname="Wermut", given_name="Quentin", born_on=BORN, sex="m")


@pytest.fixture
def cems(people, act_as):
    """Cem's file about Quentin Wermut, which Alma does not see."""
    made = case_for(people.cem, surname="Wermut", given_name="Quentin", born_on=BORN)
    with act_as(people.cem) as actor:
        refresh_keys(actor, made.dossier_id)
    return made


@pytest.fixture
def almas(people, act_as):
    made = case_for(people.alma, surname="Wermuth", given_name="Quentin", born_on=BORN)
    with act_as(people.alma) as actor:
        refresh_keys(actor, made.dossier_id)
    return made


def search(actor, now, sheet=TYPED, own=None):
    return find_alike(actor, sheet, now, own=own)


# --- the search --------------------------------------------------------------------------------------------------


def test_a_hidden_file_answers_score_and_whom_to_ask_and_nothing_else(people, act_as, now, cems):
    with act_as(people.alma) as actor:
        (hit,) = search(actor, now)
    assert (hit.score, hit.likely, hit.number, hit.name) == (95, True, "", "")
    assert (hit.ask, hit.house) == ("Cem Ceder", "Musterwerk")
    assert cems.number not in repr(hit) and str(cems.dossier_id) not in repr(replace(hit, handle=""))


def test_a_file_that_the_asker_sees_is_told_by_its_number(people, act_as, now, almas):
    for person in (people.alma, people.hanna):
        with act_as(person) as actor:
            (hit,) = search(actor, now)
        assert (hit.number, hit.name) == (almas.number, "Wermuth, Quentin")


def test_the_own_file_is_left_out(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        assert [hit.ask for hit in search(actor, now, own=almas.dossier_id)] == ["Cem Ceder"]


def test_who_is_excluded_from_a_file_learns_nothing_of_it(people, act_as, now, cems):
    with act_as(people.uwe) as lead:
        block_person(actor=lead, dossier_id=cems.dossier_id, user_id=people.alma.user_id, reason="Schwester", now=now)
    with act_as(people.alma) as actor:
        assert search(actor, now) == []
    with act_as(people.bert) as actor:
        assert len(search(actor, now)) == 1


def test_the_search_is_recorded_with_counts_only(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        search(actor, now, own=almas.dossier_id)
    with act_as(people.karl, using="log"):
        entry = Entry.objects.using("log").get(action="search.likeness")
    assert entry.dossier_id == almas.dossier_id and entry.user_id == people.alma.user_id
    assert entry.details == {"hits": 1, "visible": 0}


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(),
        Sheet(surname="Wermut"),
        Sheet(given_name="Quentin"),
        Sheet(born_on=BORN, birth_place="Neuss"),
        Sheet(surname="***", given_name="42", born_on=BORN),
    ],
)
def test_too_little_is_not_searched(sheet, people, act_as, now):
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="Vorname und Familienname"):
        search(actor, now, sheet)


def test_nobody_tries_out_names(people, act_as, now, cems):
    with act_as(people.alma) as actor:
        for number in range(SEARCHES_AN_HOUR):
            search(actor, now + timedelta(seconds=number))
        with pytest.raises(Invalid, match="später wieder"):
            search(actor, now + timedelta(minutes=1))
        with pytest.raises(ProgrammingError, match="too many"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM cases_find_alike(%s, %s, '{SURNAME,GIVEN}', '{wermut,quentin}', NULL, 'u', NULL)",
                [people.alma.own_holder, now + timedelta(minutes=1)],
            )
        assert len(search(actor, now + timedelta(minutes=61))) == 1
    with act_as(people.bert) as actor:
        assert len(search(actor, now)) == 1


@pytest.mark.parametrize("person", ["gero", "ede", "karl", "mia", "lea"])
def test_who_sees_no_files_searches_none(person, people, act_as, now, cems):
    with act_as(people[person]) as actor:
        assert search(actor, now) == []
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM cases_find_alike(%s, %s, '{SURNAME,GIVEN}', '{wermut,quentin}', NULL, 'u', NULL)",
                [people.cem.own_holder, now],
            )


def test_the_file_behind_a_hint_cannot_be_read(people, act_as, now, cems):
    with act_as(people.alma) as actor, connection.cursor() as cursor:
        search(actor, now)
        cursor.execute("SELECT count(*) FROM cases_likenesshint")
        assert cursor.fetchone() == (2,)
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT found FROM cases_likenesshint")
        cursor.execute("SELECT count(*) FROM cases_personkey")
        assert cursor.fetchone() == (0,)
        for write in ("DELETE FROM cases_personkey", "SELECT cases_whom_to_ask(1)", "DELETE FROM cases_likenesshint"):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(write)


def test_keys_are_written_only_for_people_that_the_writer_sees(people, act_as, now, cems):
    with act_as(people.alma), pytest.raises(ProgrammingError, match="may not name"), transaction.atomic():
        remember_keys({cems.dossier_id: TYPED})
    with act_as(people.vera) as actor:
        refresh_keys(actor, cems.dossier_id)
        with pytest.raises(ProgrammingError, match="may not name"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cases_set_person_keys(%s, true, '{}', '{}', '{}')", [[cems.dossier_id]])


# --- the same score as in Python ---------------------------------------------------------------------------------

SURNAMES = ["Müller", "Mueller", "Möller", "Meier", "Meyer-Schulz", "Schulz", "von der Heide", "Heide", "Yılmaz",
            "Yilmaz", "Nguyen Thi", "El-Amin", "Amin", ""]  # fmt: skip
GIVEN = ["Anna", "Anna-Maria", "Maria Anna", "Hanna", "Tim", "Tom", "Mohammed", "Muhamed Ali", "Nguyen", "Max", ""]
PLACES = ["Neuss", "Köln", "Koeln", "", ""]
DAYS = [date(1994, 4, 7), date(1994, 7, 4), date(1994, 4, 17), date(1984, 4, 7), date(1990, 1, 1), date(1992, 2, 29)]


def somebody(dice: random.Random) -> Sheet:
    while True:
        surname, given = dice.choice(SURNAMES), dice.choice(GIVEN)
        if surname or given:
            break
    full = [f"{dice.choice(GIVEN)} {dice.choice(SURNAMES[:-1])}".strip() for _ in range(2)]
    return Sheet(
        surname=surname,
        given_name=given,
        birth_name=dice.choice(["", "", *SURNAMES]),
        aliases=dice.choice([(), (), (full[0],), (f"{dice.choice(SURNAMES[:-1])}, {dice.choice(GIVEN[:-1])}",)]),
        former=dice.choice([(), (), (), (full[1],)]),
        born_on=dice.choice([None, *DAYS])
        if dice.random() < 0.8
        else date(1994, 1, 1) + timedelta(dice.randrange(400)),
        sex=dice.choice("wmdu"),
        birth_place=dice.choice(PLACES),
    )


def test_the_database_scores_as_the_reference_and_overlooks_nobody(people, act_as, now):
    dice = random.Random(20261123)
    with act_as(people.alma) as actor:
        crowd = {}
        given = {people.alma.own_holder: Basis.ASSIGNMENT}
        for dossier in open_dossiers(220, holders=given, deputies_of=None, now=now, is_demo=True):
            sheet = somebody(dice)
            Participant.objects.create(
                dossier=dossier,
                surname=sheet.surname,
                given_name=sheet.given_name,
                born_on=sheet.born_on,
                sex=sheet.sex,
            )
            crowd[dossier.number] = sheet
            remember_keys({dossier.pk: sheet})
        compared = found = 0
        for turn in range(120):
            typed = somebody(dice)
            try:
                hits = search(actor, now + timedelta(hours=2 * turn), typed)
            except Invalid:
                continue
            expected = sorted(((-score(typed, sheet), number) for number, sheet in crowd.items()))
            expected = [(-points, number) for points, number in expected if -points >= POSSIBLE][:5]
            assert [(hit.score, hit.number) for hit in hits] == expected, typed
            compared += 1
            found += len(hits)
    assert compared > 80 and found > 150


def test_keys_of_many_people_are_written_at_once(people, act_as, now, almas):
    with act_as(people.alma) as actor:
        other = case_for(people.alma, surname="Zaunwinde", given_name="Ali")
        remember_keys({almas.dossier_id: TYPED, other.dossier_id: replace(TYPED, surname="Efeu")})
        for dossier_id, surname in ((almas.dossier_id, "wermut"), (other.dossier_id, "efeu")):
            rows = PersonKey.objects.visible_to(actor).filter(dossier_id=dossier_id)
            assert {(row.kind, row.value) for row in rows} == set(keys_of(replace(TYPED, surname=surname)))


# --- links -------------------------------------------------------------------------------------------------------


def ask(actor, made, now, because="dieselbe Buchnummer in zwei Listen"):
    (hit,) = search(actor, now, own=made.dossier_id)
    return links.ask_link(actor=actor, dossier_id=made.dossier_id, handle=hit.handle, because=because, now=now)


def test_question_is_told_to_the_other_side_without_a_number(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        row = ask(actor, almas, now)
        assert (row.state, row.house, row.other_number, row.score) == (LinkState.ASKED, "Cem Ceder, Musterwerk", "", 95)
    with act_as(people.cem) as actor:
        (asked,) = list_link_requests(actor)
        assert (asked.house, asked.other_number) == ("Alma Ahorn, Beispielträger", "")
        assert asked.because == "dieselbe Buchnummer in zwei Listen"
        (known,) = list_links(actor, cems.dossier_id)
        assert not known.opens
    with act_as(people.bert) as actor:
        assert list_link_requests(actor) == []


def test_acceptance_tells_both_numbers_and_opens_nothing(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        ask(actor, almas, now)
    with act_as(people.cem) as actor:
        (asked,) = list_link_requests(actor)
        links.answer_link(actor=actor, sameperson_id=asked.pk, version=1, accepted=True, answer="", now=now)
        (known,) = list_links(actor, cems.dossier_id)
        assert (known.row.state, known.row.other_number, known.opens) == (LinkState.LINKED, almas.number, False)
        assert list_link_requests(actor) == []
    with act_as(people.alma) as actor:
        (known,) = list_links(actor, almas.dossier_id)
        assert (known.row.other_number, known.row.version, known.opens) == (cems.number, 2, False)
        assert not Participant.objects.visible_to(actor).filter(dossier_id=cems.dossier_id).exists()


def test_either_side_ends_the_link_and_the_numbers_stay_as_evidence(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        ask(actor, almas, now)
    with act_as(people.uwe) as actor:  # leads the team of the other side
        (asked,) = list_link_requests(actor)
        links.answer_link(actor=actor, sameperson_id=asked.pk, accepted=True, answer="", now=now)
    with act_as(people.alma) as actor:
        row = SamePerson.objects.visible_to(actor).get(dossier_id=almas.dossier_id)
        with pytest.raises(Invalid):
            links.unlink(actor=actor, sameperson_id=row.pk, because=" ", now=now)
        links.unlink(actor=actor, sameperson_id=row.pk, because="Zwillinge", now=now)
    for person, made, other in ((people.alma, almas, cems), (people.cem, cems, almas)):
        with act_as(person) as actor:
            (known,) = list_links(actor, made.dossier_id)
            assert (known.row.state, known.row.answer, known.opens) == (LinkState.UNLINKED, "Zwillinge", False)
            assert known.row.other_number == other.number
    with act_as(people.alma) as actor:  # it may be asked again
        ask(actor, almas, now)


def test_refusal_needs_words_and_tells_no_number(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        ask(actor, almas, now)
    with act_as(people.cem) as actor:
        (asked,) = list_link_requests(actor)
        with pytest.raises(Invalid):
            links.answer_link(actor=actor, sameperson_id=asked.pk, accepted=False, answer=" ", now=now)
        links.answer_link(actor=actor, sameperson_id=asked.pk, accepted=False, answer="andere Augenfarbe", now=now)
        with pytest.raises(Refused):
            links.answer_link(actor=actor, sameperson_id=asked.pk, accepted=True, answer="", now=now)
    with act_as(people.alma) as actor:
        (known,) = list_links(actor, almas.dossier_id)
        assert (known.row.state, known.row.other_number) == (LinkState.REFUSED, "")
        assert known.row.answer == "andere Augenfarbe"


def test_only_who_leads_the_other_file_answers(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        mine = ask(actor, almas, now)
        with pytest.raises(Refused):
            links.answer_link(actor=actor, sameperson_id=mine.pk, accepted=True, answer="", now=now)
    with act_as(people.cem) as actor:
        (asked,) = list_link_requests(actor)
        with pytest.raises(Conflict):
            links.answer_link(actor=actor, sameperson_id=asked.pk, version=7, accepted=True, answer="", now=now)
    for person, error in (("alma", NotVisible), ("vera", Refused), ("bert", NotVisible)):
        with act_as(people[person]) as actor, pytest.raises(error):
            links.answer_link(actor=actor, sameperson_id=asked.pk, accepted=True, answer="", now=now)
    with act_as(people.vera), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_sameperson SET state = 'LINKED'")
    with act_as(people.alma), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cases_settle_link(%s, 'LINKED', '', NULL, now())", [asked.pk])
    with act_as(people.alma), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cases_settle_link(%s, 'LINKED', '', NULL, now())", [mine.pk])


def test_a_question_can_be_taken_back_by_its_asker(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        mine = ask(actor, almas, now)
        links.unlink(actor=actor, sameperson_id=mine.pk, because="Irrtum", now=now)
    with act_as(people.cem) as actor:
        assert list_link_requests(actor) == []
        (known,) = list_links(actor, cems.dossier_id)
        assert (known.row.state, known.row.other_number) == (LinkState.UNLINKED, "")
        with pytest.raises(Refused):
            links.unlink(actor=actor, sameperson_id=known.row.pk, because="x", now=now)


def test_a_question_is_asked_once_from_either_side(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        ask(actor, almas, now)
        with pytest.raises(Invalid, match="schon gestellt"):
            ask(actor, almas, now)
    with act_as(people.cem) as actor, pytest.raises(Invalid, match="schon gestellt"):
        ask(actor, cems, now)


@pytest.mark.parametrize("because", ["", "   ", "x" * 301])
def test_a_question_needs_its_reason(because, people, act_as, now, almas, cems):
    with act_as(people.alma) as actor, pytest.raises(Invalid):
        ask(actor, almas, now, because)


def test_the_handle_of_somebody_else_is_worth_nothing(people, act_as, now, almas, cems):
    with act_as(people.bert) as actor:
        (theirs,) = [hit for hit in search(actor, now) if hit.ask == "Cem Ceder"]
    with act_as(people.alma) as actor:
        blank = str(LikenessHint.objects.visible_to(actor).values_list("handle", flat=True).first() or theirs.handle)
        for handle in (theirs.handle, blank, "00000000-0000-0000-0000-000000000000"):
            with pytest.raises(Invalid, match="abgelaufen"):
                links.ask_link(
                    actor=actor, dossier_id=almas.dossier_id, handle=handle, because="gleicher Name", now=now
                )


def test_two_own_files_are_linked_at_once(people, act_as, now, almas):
    other = case_for(people.alma, surname="Wermut", given_name="Quentin", born_on=BORN)
    with act_as(people.alma) as actor:
        refresh_keys(actor, other.dossier_id)
        row = ask(actor, almas, now)
        assert (row.state, row.other_number) == (LinkState.LINKED, other.number)
        (known,) = list_links(actor, other.dossier_id)
        assert (known.row.state, known.row.other_number, known.opens) == (LinkState.LINKED, almas.number, True)


def test_both_files_have_a_line_in_their_trail(people, act_as, now, almas, cems):
    with act_as(people.alma) as actor:
        ask(actor, almas, now)
    with act_as(people.cem) as actor:
        (asked,) = list_link_requests(actor)
        links.answer_link(actor=actor, sameperson_id=asked.pk, accepted=True, answer="", now=now)
    with act_as(people.karl):
        lines = Entry.objects.filter(action__in=("cases.ask_link", "cases.answer_link"))
        assert sorted((line.action, line.dossier_id) for line in lines) == sorted(
            (action, made.dossier_id) for action in ("cases.ask_link", "cases.answer_link") for made in (almas, cems)
        )
        assert all("Wermut" not in str(line.details) for line in lines)


def test_aliases_count_for_the_search(people, act_as, now, cems):
    with act_as(people.cem) as actor:
        Alias.objects.create(
            dossier_id=cems.dossier_id, name="Quentin Absinth", recorded_at=now, recorded_by_id=people.cem.membership_id
        )
        refresh_keys(actor, cems.dossier_id)
    with act_as(people.alma) as actor:
        (hit,) = search(actor, now, replace(TYPED, surname="Absinth"))
        assert hit.likely
