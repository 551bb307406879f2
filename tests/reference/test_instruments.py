"""The catalogue of instruments as delivered."""

from datetime import date

import pytest

from ina.reference import seed
from ina.reference.enums import InstrumentGroup
from ina.reference.queries import code_label, instrument, instrument_choices, instruments

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_choices_are_those_of_the_day_by_what_they_are_for():
    choices = dict(instrument_choices(on=TODAY))
    assert ("EGZ", "Eingliederungszuschuss") in choices["Zuschüsse zur Beschäftigung"]
    assert {code for pairs in choices.values() for code, _ in pairs} == {row.code for row in instruments(on=TODAY)}
    early = {code for pairs in dict(instrument_choices(on=date(2018, 12, 31))).values() for code, _ in pairs}
    assert "SGB2_16I" not in early and "EGZ" in early


@pytest.mark.django_db
def test_an_instrument_that_is_not_in_the_catalogue_is_none_but_keeps_its_name():
    assert instrument("SGB2_16I", on=date(2018, 12, 31)) is None
    assert code_label("instruments", "SGB2_16I", on=date(2018, 12, 31)) == "Teilhabe am Arbeitsmarkt"


@pytest.mark.django_db
def test_the_database_keeps_what_once_held():
    from django.db import IntegrityError, transaction

    from ina.reference.models import InstrumentFact

    with pytest.raises(IntegrityError), transaction.atomic():
        InstrumentFact.objects.filter(code__code="EGZ").update(norm="§ 217 SGB III")


def test_every_line_names_a_code_of_the_list_a_period_and_a_source():
    codes = {row["code"]: row for row in seed.rows("codes") if row["list"] == "instruments"}
    lines = list(seed.rows("instruments"))
    assert {line["code"] for line in lines} == codes.keys()
    for line in lines:
        first, last = seed.days(line)
        assert line["source"] and (last is None or first < last)
    assert all(InstrumentGroup.of(row["group"]) == row["group"] for row in codes.values())


def test_a_group_that_the_program_does_not_know_counts_as_other():
    assert InstrumentGroup.of("SOMETHING") is InstrumentGroup.OTHER
