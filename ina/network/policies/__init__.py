"""Who may do what in the network."""

from ina.network.policies.directory import (
    may_add_offer,
    may_count_cooperation,
    may_edit_offer,
    may_edit_row,
    may_keep_directory,
    may_see_picture,
)
from ina.network.policies.disclosures import (
    may_answer_disclosure,
    may_ask_new_link,
    may_prepare_disclosure,
    may_read_answer,
    may_release_disclosure,
    may_stop_disclosure,
)
from ina.network.policies.live_access import may_close_to_chamber, may_open_to_chamber, may_read_opened
from ina.network.policies.overrides import may_ask_override, may_decide_override, may_end_override
from ina.network.policies.referrals import may_move_referral, may_propose_partner

__all__ = [
    "may_add_offer",
    "may_answer_disclosure",
    "may_ask_new_link",
    "may_ask_override",
    "may_close_to_chamber",
    "may_count_cooperation",
    "may_decide_override",
    "may_edit_offer",
    "may_edit_row",
    "may_end_override",
    "may_keep_directory",
    "may_move_referral",
    "may_open_to_chamber",
    "may_prepare_disclosure",
    "may_propose_partner",
    "may_read_answer",
    "may_read_opened",
    "may_release_disclosure",
    "may_see_picture",
    "may_stop_disclosure",
]
