"""What partners offer: entered, changed, verified, ended."""

from datetime import date

import pytest

from ina.base.errors import Conflict, Invalid, Refused
from ina.network import operations
from ina.network.models import Offer
from tests.network.offers import EVALUATOR, MANAGER, NOW, a_partner, an_offer

pytestmark = pytest.mark.django_db


def test_offers_are_numbered_one_after_the_other():
    first = an_offer(MANAGER, title="Schuldnerberatung")
    second = an_offer(MANAGER, title="Energieschulden")
    assert second.number == first.number + 1
    assert (first.needs, first.phases, first.area, first.verified_on) == (["R4"], ["AFTERCARE"], [], None)


def test_a_need_and_a_phase_and_a_known_district_are_needed():
    with pytest.raises(Invalid, match="wobei das Angebot hilft"):
        an_offer(MANAGER, needs=[])
    with pytest.raises(Invalid, match="mindestens eine Phase"):
        an_offer(MANAGER, phases=[])
    with pytest.raises(Invalid, match="gibt es in NRW nicht: 99999"):
        an_offer(MANAGER, area=["99999"])
    with pytest.raises(Invalid):
        an_offer(MANAGER, needs=["X9"])
    with pytest.raises(Invalid, match="Merkmal, Vergleich"):
        an_offer(MANAGER, criteria=[{"fact": "age"}])


def test_a_partner_has_an_offer_of_one_name_once():
    an_offer(MANAGER)
    with pytest.raises(Invalid, match="hat die Stelle schon"):
        an_offer(MANAGER)


def test_a_change_makes_a_check_worthless_and_no_change_does_not():
    offer = an_offer(MANAGER)
    on = {"actor": MANAGER, "now": NOW, "offer_id": offer.pk}
    operations.verify_offer(**on, version=1)
    operations.correct_offer(**on, version=2, title=offer.title)
    assert Offer.objects.get().verified_on == NOW.date()
    changed = operations.correct_offer(**on, version=2, waiting_days=21)
    assert (changed.verified_on, changed.verified_before_on, changed.waiting_days) == (None, NOW.date(), 21)
    with pytest.raises(Conflict):
        operations.correct_offer(**on, version=2, waiting_days=14)


def test_an_offer_ends_on_a_day_and_the_end_can_be_taken_back():
    offer = an_offer(MANAGER, valid_from=date(2026, 1, 1))
    on = {"actor": MANAGER, "now": NOW, "offer_id": offer.pk}
    with pytest.raises(Invalid, match=r"erst seit dem 01\.01\.2026"):
        operations.end_offer(**on, last_day_on=date(2025, 12, 31))
    assert operations.end_offer(**on, last_day_on=date(2026, 12, 31)).ends_on == date(2026, 12, 31)
    assert operations.end_offer(**on, last_day_on=None).ends_on is None


def test_whoever_does_not_keep_the_network_is_refused():
    with pytest.raises(Refused, match="pflegen die Fallführung"):
        operations.add_offer(actor=EVALUATOR, now=NOW, institution_key=a_partner().key, title="Beratung")
    assert not Offer.objects.exists()
