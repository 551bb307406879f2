"""Two entries for one house: found, and merged so that what was signed keeps its name."""

from datetime import timedelta

import pytest

from ina.base.errors import Conflict, Invalid, Refused
from ina.institutions.merging import CROWD, alike
from ina.institutions.models import Institution
from ina.institutions.operations import merge_institution
from ina.institutions.rules import Written, why_alike
from ina.network.enums import Delivery
from ina.network.models import Agreement, Offer, PartnerContact, WorkingGroup
from tests.factories.cases import case_for
from tests.institutions.test_operations import ADMIN, MANAGER, NETWORK, NOW, TODAY
from tests.network.disclosing import C, allow, prepare
from tests.network.offers import a_partner, an_offer, network_of


def written(name="Wohnhilfe Linde e.V.", **fields):
    one = Institution(name=name, **{"postcode": "40210", "town": "Düsseldorf", **fields})
    return Written.of(one)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (written("Wohnhilfe Linde gGmbH"), True),
        (written("Linde Wohnhilfe"), True),
        (written("Wohnhilfe Lidne"), True),
        (written("Wohnhilfe Linde Düsseldorf e. V."), True),
        # The same name somewhere else is another house.
        (written("Wohnhilfe Linde", postcode="50667", town="Köln"), False),
        (written("Schuldnerberatung Erle"), False),
        (written("Wohnhilfe Eiche"), False),
    ],
)
def test_names_at_one_place(other, alike):
    assert bool(why_alike(written(), other)) is alike


def test_a_telephone_alone_may_be_a_house_with_two_tenants():
    here = written(phone="0211 / 55 50-1", street="Uferstr. 3")
    assert why_alike(here, written("Kita Sonne", phone="+49 211 55501")) == []
    assert why_alike(here, written("Kita Sonne", phone="+49 211 55501", street="Uferstraße 3")) == [
        "gleiche Telefonnummer",
        "gleiche Straße",
    ]


def test_empty_fields_are_alike_to_nothing():
    assert why_alike(Written.of(Institution(name="Linde")), Written.of(Institution(name="Erle"))) == []


def merge(gone, kept, actor=ADMIN, **more):
    return merge_institution(actor=actor, institution_id=gone.pk, into_key=kept.key, now=NOW, **more)


@pytest.mark.django_db
def test_pairs_are_found_and_crowds_are_not():
    one, other = (a_partner(name, town="Moers", postcode="47441") for name in ("Beratung Linde", "Beratung Linde e.V."))
    assert [(row.one.pk, row.other.pk) for row in alike(TODAY)] == [(one.pk, other.pk)]
    for number in range(CROWD + 2):
        a_partner(f"Firma {number} Gewerbepark", email="info@gewerbepark.example")
    assert len(alike(TODAY)) == 1
    merge(other, one)
    assert alike(TODAY) == []


@pytest.mark.django_db
def test_what_it_offered_goes_on_under_the_other():
    gone, kept = a_partner("Linde alt"), a_partner("Linde")
    net = network_of(MANAGER, gone)
    moved, double = an_offer(MANAGER, partner=gone, title="Zimmer"), an_offer(MANAGER, partner=gone, title="Beratung")
    an_offer(MANAGER, partner=kept, title="Beratung")
    merge(gone, kept)
    gone.refresh_from_db()
    assert gone.merged_into_id == kept.pk and gone.closed_on == TODAY - timedelta(days=1)
    assert Offer.objects.get(pk=moved.pk).institution_id == kept.pk
    assert Offer.objects.get(pk=double.pk).ends_on == NOW.date()
    assert PartnerContact.objects.get(pk=net.contact.pk).institution_id == kept.pk
    assert Agreement.objects.get(pk=net.agreement.pk).institution_id == kept.pk
    assert list(WorkingGroup.objects.get(pk=net.group.pk).members.all()) == [kept]
    # Nobody goes into what has gone, and what has gone goes nowhere again.
    for one, other in ((a_partner("Linde neu"), gone), (gone, kept)):
        with pytest.raises(Invalid, match="besteht nicht mehr"):
            merge(one, other)


@pytest.mark.django_db
def test_a_consent_for_the_old_entry_is_none_for_the_new_one(people, act_as, now):
    made, gone, kept = case_for(people.alma), a_partner("Linde alt"), a_partner("Linde")
    with act_as(people.alma) as actor:
        allow(actor, made, now, partner=gone.key)
    merge(gone, kept)
    with act_as(people.alma) as actor:
        for key, words in ((kept.key, "keine Einwilligung"), (gone.key, "gibt es am")):
            with pytest.raises(Invalid, match=words):
                prepare(actor, made, now, partner=key, compartments=C.VOCATIONAL, delivery=Delivery.LINK)


@pytest.mark.django_db
def test_what_cannot_be(people):
    gone, kept = a_partner("Linde alt"), a_partner("Linde")
    for into, words in (
        (gone, "andere"),
        (a_partner("Betrieb Linde", kind="FIRM"), "derselben Art"),
        (Institution(key="gibt-es-nicht"), "andere"),
    ):
        with pytest.raises(Invalid, match=words):
            merge(gone, into)
    with pytest.raises(Invalid, match="derselben Art"):
        merge(Institution.objects.get(key="jva-duesseldorf"), Institution.objects.get(key="jva-duisburg-hamborn"))
    # Rita works there.
    with pytest.raises(Invalid, match="ein Konto"):
        merge(Institution.objects.get(key="anbieter-beispiel"), kept)
    with pytest.raises(Refused):
        merge(gone, kept, actor=MANAGER)
    with pytest.raises(Conflict):
        merge(gone, kept, version=99)
    merge(gone, kept, actor=NETWORK, version=1)


@pytest.mark.django_db
def test_compared_on_a_page_and_merged(people, client_of):
    one, other = (a_partner(name, town="Moers", postcode="47441") for name in ("Beratung Linde", "Beratung Linde e.V."))
    client = client_of(people.nils)
    text = client.get("/einrichtungen/doppelte/").content.decode()
    assert "gleicher Name, gleicher Ort" in text
    address = f"/einrichtungen/{other.key}/zusammenlegen/"
    assert address in text
    assert "gilt nicht für" in client.get(f"{address}?mit={one.key}").content.decode()
    assert client.get(f"{address}?mit=gibt-es-nicht").status_code == 404
    sent = {"into_key": one.key, "version": "1"}
    assert client.post(address, sent).status_code == 303
    assert "aufgegangen in" in client.get(f"/einrichtungen/{other.key}/").content.decode()
    assert client.post(address, sent).status_code in {409, 422}
    assert client_of(people.alma).get("/einrichtungen/doppelte/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow(people, client_of, rows, django_assert_max_num_queries):
    for place in range(rows):
        a_partner(f"Beratung Linde {place}", town="Moers", postcode=f"4744{place}")
        a_partner(f"Beratung Linde {place} e.V.", town="Moers", postcode=f"4744{place}")
    client = client_of(people.nils)
    with django_assert_max_num_queries(15):
        assert client.get("/einrichtungen/doppelte/").status_code == 200
