"""What holds on a day."""

from datetime import date
from decimal import Decimal

import pytest

from ina.reference import queries
from ina.reference.enums import DistrictKind, Unit
from ina.reference.queries import NoSuchFact
from ina.reference.rules import Duration

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def test_parameter_is_ready_to_calculate_with():
    assert queries.parameter("first_talk_deadline", on=TODAY) == Duration(10, Unit.WORKING_DAYS)
    assert queries.parameter("caseload_weights", on=TODAY)["aftercare"] == Decimal("1.25")
    assert queries.parameter("minimum_standard_checks", on=TODAY)[-1] == Duration(1, Unit.DAYS)


@pytest.mark.parametrize(("day", "days"), [(date(2025, 6, 30), 8), (date(2025, 7, 1), 12)])
def test_parameter_changes_with_the_law(day, days):
    assert queries.parameter("credit_days_per_year", on=day) == days


def test_parameter_without_a_value_on_the_day_says_so():
    with pytest.raises(NoSuchFact, match=r"credit_days_per_year.*01\.01\.2001"):
        queries.parameter("credit_days_per_year", on=date(2001, 1, 1))


def test_parameter_that_does_not_exist_says_so_even_where_none_is_allowed():
    with pytest.raises(NoSuchFact, match="gibt es nicht"):
        queries.parameter_or_none("no_such_parameter", on=TODAY)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 2), date(2025, 11, 13)])
def test_christmas_window_of_a_season_covers_both_years(day):
    assert day in queries.parameter("christmas_pardon_window", on=day)


def test_christmas_window_of_an_undocumented_year_is_unknown_not_invented():
    assert queries.parameter_or_none("christmas_pardon_window", on=date(2026, 12, 1)) is None
    assert queries.parameter_or_none("christmas_pardon_window", on=date(2017, 12, 1)).first == date(2017, 11, 3)


def test_parameters_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.parameters({"small_number_limit", "pause_max"}, on=TODAY)
    assert found == {"small_number_limit": 5, "pause_max": Duration(3, Unit.MONTHS)}
    with pytest.raises(NoSuchFact, match="christmas_pardon_window"):
        queries.parameters({"small_number_limit", "christmas_pardon_window"}, on=TODAY)


def test_a_missing_parameter_matters_when_it_is_asked_for():
    found = queries.known_parameters({"small_number_limit", "christmas_pardon_window"}, on=TODAY)
    assert found["small_number_limit"] == 5
    with pytest.raises(NoSuchFact, match=r"christmas_pardon_window"):
        found["christmas_pardon_window"]


def test_names_of_several_lists_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        labels = queries.code_labels_of(("benefits", "contact_kinds"), on=TODAY)
    assert labels["contact_kinds"]["PHONE"] == "Telefonat"
    assert labels["benefits"] == queries.code_labels("benefits", on=TODAY)
    with pytest.raises(NoSuchFact, match="no_such_list"):
        queries.code_labels_of(("benefits", "no_such_list"), on=TODAY)


def test_list_parameters_needs_two_queries_and_shows_german(django_assert_num_queries):
    with django_assert_num_queries(2):
        rows = {row.key: row for row in queries.list_parameters(on=TODAY)}
    assert rows["retention_log"].shown == "24 Monate"
    assert rows["retention_log"].source == "§ 35 Abs. 4 JVollzDSG NRW"
    assert rows["christmas_pardon_window"].shown == ""
    assert rows["christmas_pardon_window"].id is None


def test_history_of_is_newest_first():
    newest, oldest = queries.history_of("credit_days_per_year")
    assert (newest.shown, newest.valid_from, newest.valid_until) == ("12 Tage", date(2025, 7, 1), None)
    assert (oldest.shown, oldest.valid_until) == ("8 Tage", date(2025, 6, 30))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2010, 3, 1), "Arbeitslosengeld II"),
        (date(2022, 12, 31), "Arbeitslosengeld II"),
        (date(2023, 1, 1), "Bürgergeld"),
        (date(2026, 6, 30), "Bürgergeld"),
        (date(2026, 7, 1), "Grundsicherungsgeld"),
    ],
)
def test_a_benefit_has_the_name_of_its_day(day, name):
    assert queries.code_label("benefits", "SGB2", on=day) == name
    assert queries.code_labels("benefits", on=day)["SGB2"] == name
    assert name in {row.label for row in queries.codes("benefits", on=day)}


def test_code_label_before_its_first_day_is_the_first_name():
    assert queries.code_label("benefits", "SGB2", on=date(1999, 1, 1)) == "Arbeitslosengeld II"


def test_unknown_codes_and_lists_are_told():
    with pytest.raises(NoSuchFact):
        queries.code_label("benefits", "NO_SUCH", on=TODAY)
    for ask in (queries.codes, queries.code_labels):
        with pytest.raises(NoSuchFact, match="no_such_list"):
            ask("no_such_list", on=TODAY)


@pytest.mark.parametrize(
    ("list_key", "count"),
    [
        ("ending_reasons", 16),
        ("outcome_status", 17),
        ("referral_sources", 5),
        ("contact_kinds", 7),
        ("custody_kinds", 7),
        ("isced", 10),
    ],
)
def test_delivered_lists_are_complete(list_key, count):
    assert len(queries.code_choices(list_key, on=TODAY)) == count


def test_codes_come_in_their_order_and_group():
    levels = [row.code for row in queries.codes("german_levels", on=TODAY)]
    assert levels == ["NATIVE", "C2", "C1", "B2", "B1", "A2", "A1", "NONE", "UNKNOWN"]
    assert queries.code_group("outcome_status", "WORK_OPPORTUNITY") == "SUBSIDISED_WORK"


def test_every_list_has_a_history():
    for row in queries.list_code_lists():
        assert queries.terms_of(row.key), row


def test_districts_are_the_53_of_nrw():
    rows = queries.list_districts()
    assert len(rows) == 53
    assert sum(row.kind is DistrictKind.CITY for row in rows) == 22
    assert [row.name for row in rows][:3] == ["Bielefeld", "Bochum", "Bonn"]


def test_a_city_is_known_without_a_place_list_however_it_is_spelled():
    assert not queries.has_place_list()
    for name in ("Köln", "KOELN", " köln "):
        assert [row.ags for row in queries.districts_of(place=name).districts] == ["05315"]
    assert queries.districts_of(place="Velbert").districts == ()
    assert queries.districts_of(postcode="42103").districts == ()


def test_a_district_outside_nrw_is_elsewhere_and_nonsense_is_unknown():
    assert queries.districts_of(district_ags="06411").elsewhere
    assert not queries.districts_of(district_ags="05999").elsewhere
    assert not queries.districts_of(district_ags="Köln!").elsewhere
