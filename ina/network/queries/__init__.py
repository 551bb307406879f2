"""Reads of the network."""

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
    "ReferralRow",
    "acts_of_referral",
    "get_referral",
    "list_partners",
    "list_referrals",
    "referral_state",
    "referrals_from",
]
