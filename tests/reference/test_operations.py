"""Extending the reference data without rewriting it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from ina.base.actor import Person
from ina.base.errors import Conflict, Invalid, Refused
from ina.reference import operations, queries
from ina.reference.models import Parameter, Term
from ina.reference.rules import Duration, PlaceRow

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ADMIN = Person(id=1, membership=1, role_code="SYSTEM_ADMIN", institution_id=1)
MANAGER = Person(id=2, membership=2, role_code="CASE_MANAGER", institution_id=1)
BY = {"actor": ADMIN, "now": NOW}


def set_pause(value="2 months", valid_from=date(2027, 1, 1), source="Beschluss der Steuerung", **more):
    return operations.set_parameter(**BY, key="pause_max", value=value, valid_from=valid_from, source=source, **more)


def test_a_new_value_ends_the_old_one_the_day_before():
    set_pause()
    assert str(queries.parameter("pause_max", on=date(2026, 12, 31))) == "3 Monate"
    assert str(queries.parameter("pause_max", on=date(2027, 1, 1))) == "2 Monate"
    newest, oldest = queries.history_of("pause_max")
    assert (newest.entered_by, newest.entered_at) == (ADMIN.label, NOW)
    assert oldest.valid_until == date(2026, 12, 31)


def test_only_the_administration_may():
    for act in (
        lambda: operations.set_parameter(
            actor=MANAGER, now=NOW, key="pause_max", value="1 days", valid_from=date(2027, 1, 1), source="x"
        ),
        lambda: operations.end_code(
            actor=MANAGER, now=NOW, list_key="languages", code="so", last_day_on=date(2027, 1, 1)
        ),
        lambda: operations.import_places(actor=MANAGER, now=NOW, rows=[]),
    ):
        with pytest.raises(Refused):
            act()
    assert str(queries.parameter("pause_max", on=date(2027, 1, 1))) == "3 Monate"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "2"}, "value"),
        ({"source": "  "}, "source"),
        ({"valid_from": date(2009, 7, 1)}, "valid_from"),
        ({"valid_from": date(2000, 1, 1)}, "valid_from"),
        ({"valid_until": date(2028, 1, 1)}, "valid_until"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(wrong, field):
    before = queries.history_of("pause_max")
    with pytest.raises(Invalid) as caught:
        set_pause(**wrong)
    assert caught.value.field == field
    assert queries.history_of("pause_max") == before


def test_a_window_of_a_season_has_an_end_and_may_not_overlap():
    window = {"key": "christmas_pardon_window", "value": "2026-11-10..2027-01-06", "source": "Erlass 2026"}
    season = {"valid_from": date(2026, 7, 1), "valid_until": date(2027, 6, 30)}
    operations.set_parameter(**BY, **window, **season)
    assert date(2026, 12, 1) in queries.parameter("christmas_pardon_window", on=date(2026, 12, 1))
    with pytest.raises(Invalid):
        operations.set_parameter(**BY, **window, **season)
    with pytest.raises(Invalid):
        operations.set_parameter(**BY, **window, valid_from=date(2028, 7, 1), valid_until=date(2028, 1, 1))


def test_a_correction_keeps_the_wrong_entry_with_its_reason():
    wrong = set_pause("20 months")
    right = operations.correct_parameter(
        **BY, parameter_id=wrong.pk, value="2 months", source="Beschluss der Steuerung", because="Tippfehler"
    )
    assert str(queries.parameter("pause_max", on=date(2027, 1, 1))) == "2 Monate"
    assert right.valid_period == wrong.valid_period
    by_id = {version.id: version for version in queries.history_of("pause_max")}
    assert by_id[wrong.pk].voided_because == "Tippfehler"
    assert by_id[wrong.pk].value == "20 months"
    with pytest.raises(Conflict):
        operations.correct_parameter(**BY, parameter_id=wrong.pk, value="1 months", source="x", because="noch einmal")


def test_a_correction_needs_a_reason_and_room():
    wrong = set_pause()
    for change in ({"because": " "}, {"because": "früher", "valid_from": date(2026, 12, 1)}):
        with pytest.raises(Invalid):
            operations.correct_parameter(**BY, parameter_id=wrong.pk, value="2 months", source="x", **change)
    assert not Parameter.objects.get(pk=wrong.pk).voided_at


def test_a_law_that_comes_later_moves_the_border():
    terms = {row.label: row for row in Term.objects.filter(code__code="SGB2")}
    why = {"source": "Verkündung", "because": "Inkrafttreten verschoben"}
    operations.correct_term(
        **BY,
        term_id=terms["Grundsicherungsgeld"].pk,
        label="Grundsicherungsgeld",
        valid_from=date(2026, 10, 1),
        valid_until=None,
        **why,
    )
    operations.correct_term(
        **BY, term_id=terms["Bürgergeld"].pk, label="Bürgergeld", valid_until=date(2026, 9, 30), **why
    )
    assert queries.code_label("benefits", "SGB2", on=date(2026, 9, 30)) == "Bürgergeld"
    assert queries.code_label("benefits", "SGB2", on=date(2026, 10, 1)) == "Grundsicherungsgeld"


def test_a_code_is_added_renamed_ended_and_begun_again():
    add = {"list_key": "languages", "code": "sw", "source": "Wunsch der JVA Köln"}
    operations.add_code(**BY, **add, label="Suaheli", valid_from=date(2026, 1, 1))
    with pytest.raises(Invalid):
        operations.add_code(**BY, **add, label="Swahili", valid_from=date(2026, 6, 1))
    operations.rename_code(**BY, **add, label="Swahili", valid_from=date(2026, 6, 1))
    assert queries.code_label("languages", "sw", on=date(2026, 5, 31)) == "Suaheli"
    assert queries.code_label("languages", "sw", on=date(2026, 6, 1)) == "Swahili"
    operations.end_code(**BY, list_key="languages", code="sw", last_day_on=date(2026, 12, 31))
    assert "sw" not in dict(queries.code_choices("languages", on=date(2027, 1, 1)))
    assert queries.code_label("languages", "sw", on=date(2030, 1, 1)) == "Swahili"
    operations.add_code(**BY, **add, label="Swahili", valid_from=date(2028, 1, 1))
    assert "sw" in dict(queries.code_choices("languages", on=date(2028, 1, 1)))
    assert len(queries.terms_of("languages")["sw"]) == 3


def test_a_new_code_comes_last_in_its_list():
    operations.add_code(
        **BY, list_key="custody_kinds", code="NEW", label="Neues", valid_from=date(2026, 1, 1), source="Test"
    )
    assert queries.codes("custody_kinds", on=date(2026, 1, 1))[-1].code == "NEW"


def test_a_code_is_not_ended_before_it_begins_nor_twice():
    with pytest.raises(Invalid):
        operations.end_code(**BY, list_key="languages", code="so", last_day_on=date(2001, 1, 1))
    operations.end_code(**BY, list_key="languages", code="so", last_day_on=date(2026, 12, 31))
    with pytest.raises(Invalid):
        operations.end_code(**BY, list_key="languages", code="so", last_day_on=date(2027, 1, 1))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reference_parameter SET value = '99 days' WHERE id = %s",
        "UPDATE reference_parameter SET source = 'anderswo' WHERE id = %s",
        "UPDATE reference_parameter SET valid_period = '[2001-01-01,)' WHERE id = %s",
        "UPDATE reference_parameter SET valid_period = 'empty' WHERE id = %s",
        "DELETE FROM reference_parameter WHERE id = %s",
    ],
)
def test_the_database_refuses_to_rewrite_history(statement):
    one = Parameter.objects.standing().filter(key__key="pause_max").get()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [one.pk])


def test_the_database_lets_nobody_reopen_or_unvoid():
    set_pause()
    ended, begun = Parameter.objects.filter(key__key="pause_max").order_by("valid_period")
    operations.correct_parameter(**BY, parameter_id=begun.pk, value="1 months", source="x", because="falsch")
    for statement, pk in (
        ("UPDATE reference_parameter SET valid_period = '[2009-07-01,)' WHERE id = %s", ended.pk),
        (
            "UPDATE reference_parameter SET voided_at = NULL, voided_by = '', voided_because = '' WHERE id = %s",
            begun.pk,
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [pk])


def test_the_database_refuses_two_values_for_one_day():
    one = Parameter.objects.standing().filter(key__key="pause_max").get()
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


PLACES = [
    PlaceRow("42103", "Wuppertal", "05124000"),
    PlaceRow("40721", "Hilden", "05158016"),
    PlaceRow("40721", "Düsseldorf", "05111000"),
    PlaceRow("35037", "Marburg", "06534014"),
]


def test_a_place_list_resolves_postcodes_and_names():
    done = operations.import_places(**BY, rows=PLACES)
    assert (done.added, done.unchanged, done.renamed, done.not_in_file) == (4, 0, 0, 0)
    assert [row.name for row in queries.districts_of(postcode="42103").districts] == ["Wuppertal"]
    assert [row.name for row in queries.districts_of(place="hilden").districts] == ["Mettmann"]
    both = queries.districts_of(postcode="40721")
    assert [row.name for row in both.districts] == ["Düsseldorf", "Mettmann"]
    assert [row.name for row in queries.districts_of(postcode="40721", place="Hilden").districts] == ["Mettmann"]
    marburg = queries.districts_of(place="Marburg")
    assert (marburg.districts, marburg.elsewhere) == ((), True)
    assert queries.districts_of(postcode="42103", place="Hilden").districts == ()


def test_the_same_place_list_again_changes_nothing():
    operations.import_places(**BY, rows=PLACES)
    again = operations.import_places(**BY, rows=[*PLACES, PLACES[0]])
    assert (again.added, again.unchanged, again.renamed, again.not_in_file) == (0, 4, 0, 0)


def test_another_place_list_renames_adds_and_keeps_the_rest():
    operations.import_places(**BY, rows=PLACES)
    renamed = [PlaceRow(postcode, "Hilden (Rheinland)", "05158016") for postcode in ("40721", "40724")]
    done = operations.import_places(**BY, rows=renamed)
    assert (done.added, done.unchanged, done.renamed, done.not_in_file) == (1, 1, 1, 3)
    assert queries.districts_of(place="Hilden").districts == ()
    assert queries.districts_of(postcode="42103").districts


def test_duration_of_a_parameter_is_a_duration():
    assert isinstance(queries.parameter("pause_max", on=date(2026, 1, 1)), Duration)
