"""Who may do what in the network."""

from ina.network.policies.directory import may_add_offer, may_edit_offer, may_keep_directory
from ina.network.policies.referrals import may_move_referral, may_propose_partner

__all__ = ["may_add_offer", "may_edit_offer", "may_keep_directory", "may_move_referral", "may_propose_partner"]
