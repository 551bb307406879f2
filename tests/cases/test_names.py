"""Other names, names that change, and what the ban on disclosure hides from whom."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from ina.access.operations.deputies import appoint_deputy
from ina.access.operations.emergencies import open_emergency_access
from ina.audit.models import Entry, History
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import AliasKind
from ina.cases.models import Participant, PersonKey, Worklist
from ina.cases.operations import names
from ina.cases.operations.people import correct_participant
from ina.cases.queries import find_alike, list_cases, names_of
from ina.cases.rules.likeness import Sheet
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
BORN = date(1994, 4, 7)


@pytest.fixture
def deputyship(people, act_as, moment):
    """Bert deputises for Alma, by the clock that the wall asks."""
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=moment.date(),
            ends_on=moment.date() + timedelta(days=14),
            reason="Urlaub",
            now=moment,
        )


@pytest.fixture
def made(people, deputyship):
    return case_for(people.alma, surname="Salbei-Acker", given_name="Juniper", born_on=BORN)


def person_of(made) -> Participant:
    return Participant.objects.unscoped(because="a test looks").get(dossier_id=made.dossier_id)


def rename(actor, made, now, *, ban, **changed):
    given = {"surname": "Salbei-Acker", "given_name": "Juniper", "birth_name": "", "sex": "m"} | changed
    names.change_name(
        actor=actor,
        participant_id=person_of(made).pk,
        on=given.pop("on", now.date()),
        under_disclosure_ban=ban,
        now=now,
        **given,
    )


def add(actor, made, name, now, kind=AliasKind.ALIAS):
    return names.add_alias(actor=actor, participant_id=person_of(made).pk, kind=kind, name=name, now=now)


# --- aliases -----------------------------------------------------------------------------------------------------


def test_alias_is_kept_and_the_person_is_recognised_by_it(people, act_as, now, made):
    with act_as(people.hanna) as actor:
        add(actor, made, "Juniper Beifuß", now)
        (hit,) = find_alike(actor, Sheet(surname="Beifuss", given_name="Juniper", born_on=BORN), now)
        assert hit.number == made.number
        with pytest.raises(Invalid, match="schon eingetragen"), transaction.atomic():
            add(actor, made, "Juniper Beifuß", now)
        with pytest.raises(Invalid):
            add(actor, made, "  ", now)


def test_voided_alias_is_shown_and_counts_no_longer(people, act_as, now, made):
    with act_as(people.alma) as actor:
        alias = add(actor, made, "Beifuß", now)
        with pytest.raises(Invalid):
            names.void_alias(actor=actor, alias_id=alias.pk, because=" ", now=now)
        with pytest.raises(Conflict):
            names.void_alias(actor=actor, alias_id=alias.pk, version=4, because="verwechselt", now=now)
        names.void_alias(actor=actor, alias_id=alias.pk, version=1, because="verwechselt", now=now)
        with pytest.raises(Refused):
            names.void_alias(actor=actor, alias_id=alias.pk, because="noch einmal", now=now)
        (shown,) = names_of(actor, person_of(made), now.date()).aliases
        assert shown.is_voided and shown.voided_because == "verwechselt"
        assert not PersonKey.objects.visible_to(actor).filter(dossier_id=made.dossier_id, value="beifuss").exists()
        add(actor, made, "Beifuß", now)  # entered anew


@pytest.mark.parametrize(("person", "error"), [("jan", Refused), ("bert", Refused), ("cem", NotVisible)])
def test_who_only_reads_adds_no_name(person, error, people, act_as, now, made):
    with act_as(people.alma):
        participant_id = person_of(made).pk
    with act_as(people[person]) as actor, pytest.raises(error):
        names.add_alias(actor=actor, participant_id=participant_id, kind=AliasKind.ALIAS, name="X", now=now)


# --- a name that changes -----------------------------------------------------------------------------------------


def test_without_a_ban_the_old_name_becomes_an_alias(people, act_as, now, made):
    with act_as(people.alma) as actor:
        rename(actor, made, now, ban=False, surname="Thymian")
        person = person_of(made)
        assert (person.listed_name, person.version) == ("Thymian, Juniper", 2)
        (alias,) = names_of(actor, person, now.date()).aliases
        assert (alias.name, alias.kind) == ("Salbei-Acker, Juniper", AliasKind.FORMER)
        assert [row.name for row in list_cases(actor, today=now.date(), name="thym").rows] == ["Thymian, Juniper"]
        rename(actor, made, now, ban=False, surname="Salbei-Acker")
        rename(actor, made, now, ban=False, surname="Thymian")  # back and forth: the alias is there already
        assert len(names_of(actor, person, now.date()).aliases) == 2


@pytest.mark.parametrize(
    "wrong", [{}, {"on": date(2027, 1, 1), "surname": "X"}, {"surname": "", "given_name": ""}, {"surname": "X" * 121}]
)
def test_what_is_no_change_of_name(wrong, people, act_as, now, made):
    with act_as(people.alma) as actor, pytest.raises((Invalid, IntegrityError)), transaction.atomic():
        rename(actor, made, now, ban=False, **wrong)


def test_a_single_name_is_enough(people, act_as, now, made):
    with act_as(people.alma) as actor:
        rename(actor, made, now, ban=False, surname="", given_name="Mohnblume")
        person = person_of(made)
        assert (person.listed_name, person.full_name) == ("Mohnblume", "Mohnblume")
        row = Worklist.objects.visible_to(actor).get(case_id=made.case_id)
        assert row.name_key == "mohnblume"
        assert [line.name for line in list_cases(actor, today=now.date(), name="mohn").rows] == ["Mohnblume"]


@pytest.mark.parametrize("person", ["jan", "hanna"])
def test_only_who_leads_the_case_changes_the_name(person, people, act_as, now, made):
    with act_as(people[person]) as actor, pytest.raises(Refused):
        rename(actor, made, now, ban=True, given_name="Viola", sex="w")


# --- the ban on disclosure ---------------------------------------------------------------------------------------


@pytest.fixture
def banned(people, act_as, now, made):
    """Juniper is Viola since today; an alias and a history of corrections carry the old name."""
    with act_as(people.alma) as actor:
        correct_participant(actor=actor, participant_id=person_of(made).pk, birth_place="Juniperstadt", now=now)
        add(actor, made, "Juniper Beifuß", now)
        wrong = add(actor, made, "Beifuß, Juniper", now, AliasKind.SPELLING)
        names.void_alias(actor=actor, alias_id=wrong.pk, because="doppelt", now=now)
        add(actor, made, "Distel", now)
        rename(actor, made, now, ban=True, given_name="Viola", sex="w")
        correct_participant(actor=actor, participant_id=person_of(made).pk, birth_place="Neuss", now=now)
    return made


READERS = ["jan", "hanna", "bert"]


def history_of(made) -> str:
    rows = History.objects.unscoped(because="a test looks at all that the wall lets through")
    return json.dumps([row.old for row in rows.filter(dossier_id=made.dossier_id).order_by("pk")], ensure_ascii=False)


@pytest.mark.parametrize("person", READERS)
def test_the_old_name_is_hidden_from_everybody_else(person, people, act_as, now, banned):
    with act_as(people[person]) as actor, connection.cursor() as cursor:
        shown = names_of(actor, person_of(banned), now.date())
        assert [alias.name for alias in shown.aliases] == ["Distel"] and shown.former == []
        assert person_of(banned).full_name == "Viola Salbei-Acker"
        assert "Juniper" not in history_of(banned).replace("Juniperstadt", "")
        for table in ("cases_alias", "cases_participant", "cases_formername", "cases_worklist", "cases_personkey"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE dossier_id = %s AND t::text ILIKE '%%juniper%%'",
                           [banned.dossier_id])  # fmt: skip
            assert cursor.fetchone() == (0,), table
        assert list_cases(actor, today=now.date(), name="Juniper").rows == []


def test_history_of_before_is_gone_for_others_and_later_versions_are_shown(people, act_as, banned):
    with act_as(people.jan):
        later = [row for row in json.loads(history_of(banned)) if "birth_place" in row]
        assert [row["given_name"] for row in later] == ["Viola"]
    with act_as(people.alma):
        assert history_of(banned).count('"given_name": "Juniper"') >= 2


def test_an_emergency_does_not_open_the_old_name(people, act_as, now, moment, banned):
    cem = people.cem
    with act_as(cem) as actor:
        open_emergency_access(
            actor=actor,
            number=banned.number,
            reason="Anruf: die Person droht, sich etwas anzutun.",
            hours=24,
            now=moment,
        )
        assert names_of(actor, person_of(banned), now.date()).former == []
        assert "Juniper" not in history_of(banned).replace("Juniperstadt", "")


def test_who_leads_the_case_still_knows_it(people, act_as, now, banned):
    with act_as(people.alma) as actor:
        former = names_of(actor, person_of(banned), now.date()).former
        assert {(row.surname, row.given_name) for row in former} == {
            ("Salbei-Acker", "Juniper"),
            ("Juniper Beifuß", ""),
            ("Beifuß", "Juniper"),
        }
        assert list_cases(actor, today=now.date(), name="Juniper").rows == []
        assert [row.name for row in list_cases(actor, today=now.date(), name="salbei-acker viola").rows]


def test_the_trail_says_no_name(people, act_as, banned):
    with act_as(people.karl):
        (line,) = Entry.objects.filter(action="cases.change_name")
    assert line.details == {"under_disclosure_ban": True} and line.dossier_id == banned.dossier_id
    assert "Juniper" not in f"{line.subject}{line.reason}"


OLD = Sheet(surname="Salbei-Acker", given_name="Juniper", born_on=BORN)
OLD_ALIAS = Sheet(surname="Beifuss", given_name="Juniper", born_on=BORN)


@pytest.mark.parametrize("typed", [OLD, OLD_ALIAS])
def test_likeness_still_recognises_the_person(typed, people, act_as, now, banned):
    with act_as(people.cem) as actor:
        (hit,) = find_alike(actor, typed, now)
        assert hit.score >= 70 and (hit.number, hit.ask) == ("", "Alma Ahorn")
    with act_as(people.alma) as actor:
        (hit,) = find_alike(actor, typed, now)
        assert hit.number == banned.number


@pytest.mark.parametrize("person", READERS)
def test_the_old_name_does_not_lead_a_reader_to_the_new_one(person, people, act_as, now, banned):
    with act_as(people[person]) as actor:
        for hit in find_alike(actor, OLD_ALIAS, now):
            assert (hit.number, hit.name, hit.ask) == ("", "", "Alma Ahorn")
        (hit,) = find_alike(actor, Sheet(surname="Salbei-Acker", given_name="Viola", born_on=BORN), now)
        assert hit.number == banned.number


def test_a_correction_by_somebody_else_keeps_the_hidden_keys(people, act_as, now, banned):
    with act_as(people.hanna) as actor:
        correct_participant(actor=actor, participant_id=person_of(banned).pk, surname="Thymian", now=now)
    with act_as(people.cem) as actor:
        (hit,) = find_alike(actor, OLD_ALIAS, now)
        assert hit.score >= 70


def test_nobody_else_conceals_and_nobody_reveals(people, act_as, banned):
    for person in ("jan", "hanna", "cem"):
        with act_as(people[person]), connection.cursor() as cursor:
            for statement, parameters in (
                ("SELECT cases_conceal_history(%s)", [banned.dossier_id]),
                ("UPDATE audit_history SET compartment = 2 WHERE dossier_id = %s", [banned.dossier_id]),
            ):
                with pytest.raises(ProgrammingError), transaction.atomic():
                    cursor.execute(statement, parameters)
