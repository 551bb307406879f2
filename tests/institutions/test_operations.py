"""Adding, changing, verifying and closing organisations."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from ina.base.actor import NOBODY, Person
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.institutions import operations, queries
from ina.institutions.enums import Answer, Kind
from ina.institutions.migrations import _load
from ina.institutions.models import Coverage, Institution

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def person(role: str) -> Person:
    return Person(id=1, membership=1, role_code=role, institution_id=1)


ADMIN, NETWORK, CHAMBER, MANAGER = (
    person(role) for role in ("SYSTEM_ADMIN", "NETWORK_COORDINATOR", "CHAMBER_COORDINATOR", "CASE_MANAGER")
)
BY = {"actor": ADMIN, "now": NOW}


def add(actor=ADMIN, kind=Kind.FIRM, name="Metallbau Ahorn GmbH", source="Selbstauskunft", **more) -> Institution:
    return operations.add_institution(actor=actor, now=NOW, kind=kind, name=name, source=source, **more)


def prison() -> Institution:
    return queries.get_institution("jva-koeln")


def test_add_institution_makes_a_key_and_is_found():
    one = add(town="Köln", postcode="50667")
    assert (one.key, one.short_name, one.version) == ("betrieb-metallbau-ahorn-gmbh", "Metallbau Ahorn GmbH", 1)
    assert [row.key for row in queries.list_institutions(search="ahorn koeln")] == [one.key]
    assert add().key == "betrieb-metallbau-ahorn-gmbh-2"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"source": ""}, "source"),
        ({"kind": "CASTLE"}, "kind"),
        ({"postcode": "4567", "town": "Köln"}, "postcode"),
        ({"postcode": "50667"}, "town"),
        ({"email": "nicht so"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"parent_key": "nirgends"}, "parent_key"),
        ({"region_number": 6}, "region_number"),
        ({"key": "jva-koeln"}, "key"),
    ],
)
def test_add_institution_refuses_what_does_not_fit(wrong, field):
    with pytest.raises(Invalid) as caught:
        add(**wrong)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("actor", "kind", "allowed"),
    [
        (ADMIN, Kind.CARRIER, True),
        (NETWORK, Kind.PROVIDER, True),
        (NETWORK, Kind.FIRM, True),
        (NETWORK, Kind.JOBCENTER, False),
        (CHAMBER, Kind.FIRM, True),
        (CHAMBER, Kind.PROVIDER, False),
        (MANAGER, Kind.FIRM, False),
        (NOBODY, Kind.FIRM, False),
    ],
)
def test_who_may_add_what(actor, kind, allowed):
    if allowed:
        assert add(actor, kind).pk
    else:
        with pytest.raises(Refused):
            add(actor, kind)


def test_change_institution_counts_versions_and_asks_for_a_new_check():
    one = prison()
    operations.verify_institution(**BY, institution_id=one.pk)
    one.refresh_from_db()
    assert (one.verified_on, one.verified_by, one.version) == (TODAY, ADMIN.label, 2)
    operations.change_institution(**BY, institution_id=one.pk, version=2, phone="0221 1234")
    one.refresh_from_db()
    assert (one.phone, one.verified_on, one.verified_by, one.version) == ("0221 1234", None, "", 3)


def test_saving_without_a_change_keeps_version_and_check():
    one = prison()
    operations.verify_institution(**BY, institution_id=one.pk)
    operations.change_institution(**BY, institution_id=one.pk, version=2, town=one.town)
    one.refresh_from_db()
    assert (one.version, one.verified_on) == (2, TODAY)


def test_somebody_was_faster():
    one = prison()
    operations.change_institution(**BY, institution_id=one.pk, version=1, phone="1")
    with pytest.raises(Conflict):
        operations.change_institution(**BY, institution_id=one.pk, version=1, phone="2")
    assert prison().phone == "1"


def test_change_institution_moves_it_to_a_region_and_a_parent():
    one = queries.get_institution("jva-hagen")
    operations.change_institution(**BY, institution_id=one.pk, version=1, region_number=3)
    moved = queries.get_institution("jva-hagen")
    assert (moved.region.number, moved.parent.key) == (3, "ljvd-nrw")
    operations.change_institution(**BY, institution_id=one.pk, version=2, region_number=None, parent_key="")
    moved = queries.get_institution("jva-hagen")
    assert (moved.region, moved.parent) == (None, None)


def test_institutions_do_not_belong_to_each_other_in_a_circle():
    ministry = queries.get_institution("jm-nrw")
    with pytest.raises(Invalid):
        operations.change_institution(**BY, institution_id=ministry.pk, version=1, parent_key="jva-koeln")


def test_key_and_kind_cannot_be_changed():
    for field in ("key", "kind", "verified_by", "version_"):
        with pytest.raises(TypeError):
            operations.change_institution(**BY, institution_id=prison().pk, **{field: "x"})


def test_others_read_only():
    for actor in (NETWORK, CHAMBER, MANAGER):
        with pytest.raises(Refused):
            operations.change_institution(actor=actor, now=NOW, institution_id=prison().pk, version=1, phone="1")
        with pytest.raises(Refused):
            operations.verify_institution(actor=actor, now=NOW, institution_id=prison().pk)
    with pytest.raises(NotVisible):
        operations.verify_institution(**BY, institution_id=10**9)


def test_close_institution_hides_it_from_choices_but_keeps_it():
    one = add()
    operations.close_institution(**BY, institution_id=one.pk, version=1, last_day_on=date(2026, 12, 31))
    assert one.key in dict(queries.institution_choices(Kind.FIRM, on=date(2026, 12, 31)))
    assert one.key not in dict(queries.institution_choices(Kind.FIRM, on=date(2027, 1, 1)))
    assert queries.get_institution(one.key).closed_on == date(2026, 12, 31)
    operations.close_institution(**BY, institution_id=one.pk, version=2, last_day_on=None)
    assert one.key in dict(queries.institution_choices(Kind.FIRM, on=date(2027, 1, 1)))


def test_close_institution_not_before_it_began():
    one = add(valid_from=date(2026, 1, 1))
    with pytest.raises(Invalid):
        operations.close_institution(**BY, institution_id=one.pk, last_day_on=date(2025, 12, 31))


def test_a_reform_of_districts_holds_from_its_day():
    jobcenters = {key: queries.get_institution(key).pk for key in ("jc-solingen", "jc-wuppertal")}
    reform = {"valid_from": date(2027, 1, 1), "source": "erfundene Reform"}
    operations.set_coverage(**BY, institution_id=jobcenters["jc-solingen"], district_ags=[], **reform)
    operations.set_coverage(**BY, institution_id=jobcenters["jc-wuppertal"], district_ags=["05122", "05124"], **reform)

    def jobcenter(day):
        return queries.competent_offices(district_ags="05122", on=day).only.jobcenter.key

    assert jobcenter(date(2026, 12, 31)) == "jc-solingen"
    assert jobcenter(date(2027, 1, 1)) == "jc-wuppertal"
    assert queries.covered_districts(jobcenters["jc-wuppertal"], on=date(2027, 1, 1)) == ("Solingen", "Wuppertal")


def test_two_offices_for_one_district_are_not_guessed():
    wuppertal = queries.get_institution("jc-wuppertal").pk
    operations.set_coverage(
        **BY, institution_id=wuppertal, district_ags=["05122", "05124"], valid_from=TODAY, source="Versehen"
    )
    found = queries.competent_offices(district_ags="05122", on=TODAY)
    assert found.answer is Answer.SEVERAL
    assert {row.key for row in found.candidates[0].jobcenters} == {"jc-solingen", "jc-wuppertal"}
    assert "Jobcenter" in found.reason


def test_set_coverage_refuses_unknown_districts_and_other_hands():
    office = queries.get_institution("jc-wuppertal").pk
    with pytest.raises(Invalid):
        operations.set_coverage(**BY, institution_id=office, district_ags=["06411"], valid_from=TODAY, source="x")
    with pytest.raises(Refused):
        operations.set_coverage(
            actor=NETWORK, now=NOW, institution_id=office, district_ags=[], valid_from=TODAY, source="x"
        )


def test_a_carrier_serves_a_region_for_a_time():
    carrier = add(kind=Kind.CARRIER, name="Brücke Ruhr gGmbH")
    essen = queries.get_institution("jva-essen").pk
    serve = {"institution_id": carrier.pk, "region_number": 2, "source": "Zuschlag"}
    operations.serve_region(**BY, **serve, valid_from=date(2026, 1, 1))
    assert [row.key for row in queries.carriers_of_prison(essen, on=TODAY)] == ["traeger-bruecke-ruhr-ggmbh"]
    with pytest.raises(Invalid):
        operations.serve_region(**BY, **serve, valid_from=date(2026, 6, 1))
    operations.end_region_service(**BY, institution_id=carrier.pk, region_number=2, last_day_on=date(2026, 12, 31))
    assert queries.carriers_of_prison(essen, on=date(2027, 1, 1)) == ()
    with pytest.raises(Invalid):
        operations.end_region_service(**BY, institution_id=carrier.pk, region_number=2, last_day_on=date(2027, 5, 1))


def test_only_a_carrier_serves_a_region():
    with pytest.raises(Invalid):
        operations.serve_region(**BY, institution_id=prison().pk, region_number=4, valid_from=TODAY, source="x")


def test_loading_again_changes_nothing_and_respects_edits():
    from django.apps import apps

    operations.change_institution(**BY, institution_id=prison().pk, version=1, phone="0221 1234")
    before = list(Institution.objects.order_by("pk").values()), Coverage.objects.count()
    _load.load(apps)
    assert (list(Institution.objects.order_by("pk").values()), Coverage.objects.count()) == before


def test_the_database_keeps_one_key_and_one_period_per_district():
    one = Coverage.objects.first()
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.create(
            key="jva-koeln", kind=Kind.OTHER, name="x", short_name="x", source="x", valid_period=prison().valid_period
        )
