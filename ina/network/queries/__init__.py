"""Reads of the network."""

from ina.network.queries.directory import (
    OfferPage,
    OfferRow,
    WantedOffer,
    area_names,
    find_offers,
    get_offer,
    offer_standing,
    offers_of,
)
from ina.network.queries.referrals import (
    PARTNER_KINDS,
    REFERRALS,
    ActRow,
    ReferralRow,
    acts_of_referral,
    get_referral,
    list_partners,
    list_referrals,
    referral_state,
    referrals_from,
)

__all__ = [
    "PARTNER_KINDS",
    "REFERRALS",
    "ActRow",
    "OfferPage",
    "OfferRow",
    "ReferralRow",
    "WantedOffer",
    "acts_of_referral",
    "area_names",
    "find_offers",
    "get_offer",
    "get_referral",
    "list_partners",
    "list_referrals",
    "offer_standing",
    "offers_of",
    "referral_state",
    "referrals_from",
]
