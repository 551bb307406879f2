"""Values as staff type them become what is stored; what was shown can be typed back."""

import pytest

from ina.reference import seed
from ina.reference.enums import ValueKind
from ina.reference.rules import format_value, parse_value, stored_value


@pytest.mark.parametrize("row", list(seed.rows("parameters")), ids=lambda row: f"{row['key']}-{row['valid_from']}")
def test_what_is_shown_can_be_typed(row):
    kind = ValueKind(row["kind"])
    assert parse_value(kind, stored_value(kind, format_value(kind, row["value"]))) == parse_value(kind, row["value"])


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (ValueKind.DURATION, " 10  arbeitstage ", "10 working_days"),
        (ValueKind.DURATION, "1 Monat", "1 months"),
        (ValueKind.DURATION, "10 working_days", "10 working_days"),
        (ValueKind.DURATIONS, "9 Monate, 2 Wochen; 1 Tag", "9 months; 2 weeks; 1 days"),
        (ValueKind.INTEGER, "5", "5"),
        (ValueKind.DECIMAL, "0,5", "0.5"),
        (ValueKind.WEIGHTS, "Haft 0,5; Nachsorge 1", "custody=0.5; aftercare=1"),
        (ValueKind.WINDOW, "13.11.2025 bis 2.1.2026", "2025-11-13..2026-01-02"),
        (ValueKind.YEARLY_WINDOW, "22.12. bis 06.01.", "12-22..01-06"),
    ],
)
def test_german_and_stored_form_are_understood(kind, typed, stored):
    assert stored_value(kind, typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "example"),
    [
        (ValueKind.DURATION, "bald", "10 Arbeitstage"),
        (ValueKind.DURATION, "zehn Tage", "10 Arbeitstage"),
        (ValueKind.DURATION, "10 Jahrzehnte", "10 Arbeitstage"),
        (ValueKind.INTEGER, "0,5", "5"),
        (ValueKind.DECIMAL, "1.000,5", "0,5"),
        (ValueKind.WEIGHTS, "Urlaub 1", "Haft 0,5"),
        (ValueKind.WINDOW, "02.01.2026 bis 13.11.2025", "13.11.2025 bis 02.01.2026"),
        (ValueKind.WINDOW, "31.02.2026 bis 01.03.2026", "13.11.2025 bis 02.01.2026"),
        (ValueKind.YEARLY_WINDOW, "Weihnachten", "22.12. bis 06.01."),
    ],
)
def test_what_does_not_fit_is_said_with_an_example(kind, typed, example):
    with pytest.raises(ValueError, match="Beispiel") as error:
        stored_value(kind, typed)
    assert example in str(error.value) and typed in str(error.value)
