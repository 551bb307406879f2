"""Facts about the person: months of experience, words that have no place, what the tables refuse."""

from datetime import date

import pytest

from ina.base.errors import Conflict, Invalid
from ina.profiling.enums import BiographyKind, LanguageLevel
from ina.profiling.models import BiographyEntry, Restriction
from ina.profiling.operations import (
    add_biography_entry,
    add_competence,
    add_language,
    add_mobility,
    add_restriction,
    add_target_occupation,
    change_restriction,
)
from ina.profiling.rules.biography import Stretch, duration, experience_of
from ina.profiling.rules.wording import names_offence
from tests.factories.cases import case_for

JOB, INSIDE = BiographyKind.JOB, BiographyKind.JOB_INSIDE
TODAY = date(2026, 11, 23)


def test_experience_counts_every_month_once():
    found = experience_of(
        [
            Stretch(JOB, date(2019, 1, 1), date(2019, 12, 1), "24412"),  # 12
            Stretch(JOB, date(2019, 7, 1), date(2020, 3, 1), "24422"),  # 9, six of them at the same time
            Stretch(JOB, date(2019, 10, 1), date(2020, 1, 1), "51311"),  # 4, all at the same time
            Stretch(INSIDE, date(2026, 10, 1), None, "24412"),  # 2 until today
            Stretch(BiographyKind.TRAINING, date(2015, 1, 1), date(2018, 1, 1), "24412"),
        ],
        TODAY,
    )
    assert (found.total, found.outside, found.inside) == (17, 15, 2)
    assert found.by_group == (("244", 17), ("513", 4))
    assert experience_of([], TODAY).total == 0
    assert experience_of([Stretch(JOB, date(2027, 1, 1))], TODAY).total == 0


def test_durations_are_said_as_people_say_them():
    assert [duration(months) for months in (1, 14, 24, 37)] == ["1 Monat", "14 Monate", "2 Jahre", "3 Jahre 1 Monat"]


@pytest.mark.parametrize(
    "text",
    [
        "§ 242 StGB", "§§ 29, 29a BtMG", "Verurteilung wegen Raubes", "Drogenhandel", "Betrüger", "BtMG",
        "Sexualstraftat", "gefährliche Körperverletzung", "Einbruchdiebstahl",
    ],
)  # fmt: skip
def test_offences_are_named(text):
    assert "gehört nicht hierher" in names_offence(f"keine Arbeit, {text}")


@pytest.mark.parametrize(
    "text",
    [
        "keine Arbeit mit Minderjährigen",
        "§ 34a GewO",
        "nur Frühschicht",
        "Rauchmelder einbauen",
        "Kfz-Mechatroniker",
        "",
    ],
)
def test_consequences_for_work_may_be_said(text):
    assert names_offence(text) == ""


@pytest.mark.django_db
def test_what_the_tables_refuse(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        on = {"actor": actor, "case_id": made.case_id, "now": now}
        job = {"kind": JOB, "title": "Lagerhelfer"}
        for call, wrong, field in (
            (add_biography_entry, job | {"since": date(2027, 1, 1)}, "since"),
            (add_biography_entry, job | {"since": date(2020, 5, 1), "until": date(2020, 4, 30)}, "until"),
            (add_biography_entry, job | {"since": date(2020, 5, 1), "kldb": "5131"}, "kldb"),
            (add_target_occupation, {"title": "Maler", "since": TODAY, "rank": 0}, "rank"),
            (add_target_occupation, {"title": "Maler", "since": TODAY, "ended_on": date(2026, 1, 1)}, "ended_on"),
            (add_restriction, {"kind": "NO_TRAINER", "note": "wegen § 176 StGB"}, "note"),
            (
                add_competence,
                {
                    "wording": "Schweißen", "level": "SOLID", "evidence": "WELDING", "issued_on": TODAY,
                    "expires_on": date(2026, 1, 1),
                },
                "expires_on",
            ),
        ):  # fmt: skip
            with pytest.raises(Invalid) as caught:
                call(**on, **wrong)
            assert caught.value.field == field
        assert not BiographyEntry.objects.unscoped(because="a test").filter(dossier_id=made.dossier_id).exists()


@pytest.mark.django_db
def test_months_are_kept_as_first_days_and_some_things_stand_once(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        on = {"actor": actor, "case_id": made.case_id, "now": now}
        row = add_biography_entry(**on, kind=JOB, title="Maler", since=date(2020, 5, 17), until=date(2020, 5, 17))
        assert (row.since, row.until, row.basis) == (date(2020, 5, 1), date(2020, 5, 1), "SELF_REPORT")
        add_language(**on, language="de", level=LanguageLevel.B1)
        with pytest.raises(Invalid, match="steht schon da"):
            add_language(**on, language="de", level=LanguageLevel.B2)
        add_mobility(**on, licence_status="NONE")
        with pytest.raises(Invalid, match="schon eingetragen"):
            add_mobility(**on, licence_status="VALID")
        restriction = add_restriction(**on, kind="NO_DRIVING")
        change_restriction(
            actor=actor, restriction_id=restriction.pk, version=1, kind="NO_DRIVING", note="bis 2028", now=now
        )
        with pytest.raises(Conflict):
            change_restriction(actor=actor, restriction_id=restriction.pk, version=1, kind="OTHER", now=now)
        assert Restriction.objects.unscoped(because="a test").get(pk=restriction.pk).note == "bis 2028"
