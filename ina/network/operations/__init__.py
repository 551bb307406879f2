"""Writes of the network."""

from ina.network.operations.referrals import (
    act_changed,
    check_act,
    check_act_void,
    check_referral,
    move_referral,
    propose_partner,
)

__all__ = ["act_changed", "check_act", "check_act_void", "check_referral", "move_referral", "propose_partner"]
