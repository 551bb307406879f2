"""Writes of the network."""

from ina.network.operations.directory import add_offer, correct_offer, end_offer, verify_offer
from ina.network.operations.referrals import (
    act_changed,
    check_act,
    check_act_void,
    check_referral,
    move_referral,
    propose_partner,
)

__all__ = [
    "act_changed",
    "add_offer",
    "check_act",
    "check_act_void",
    "check_referral",
    "correct_offer",
    "end_offer",
    "move_referral",
    "propose_partner",
    "verify_offer",
]
