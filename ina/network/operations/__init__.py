"""Writes of the network."""

from ina.network.operations.answers import answer_disclosure, ask_new_link, read_answer
from ina.network.operations.directory import add_offer, correct_offer, end_offer, verify_offer
from ina.network.operations.disclosures import (
    Way,
    deliver_waiting,
    has_inbox,
    post_disclosure,
    prepare_disclosure,
    release_disclosure,
    renew_link,
    stop_disclosure,
    stop_resting_on,
)
from ina.network.operations.overrides import (
    ask_override,
    confirm_override,
    end_override,
    note_override_told,
    refuse_override,
)
from ina.network.operations.referrals import (
    act_changed,
    check_act,
    check_act_void,
    check_referral,
    move_referral,
    propose_partner,
)

__all__ = [
    "Way",
    "act_changed",
    "add_offer",
    "answer_disclosure",
    "ask_new_link",
    "ask_override",
    "check_act",
    "check_act_void",
    "check_referral",
    "confirm_override",
    "correct_offer",
    "deliver_waiting",
    "end_offer",
    "end_override",
    "has_inbox",
    "move_referral",
    "note_override_told",
    "post_disclosure",
    "prepare_disclosure",
    "propose_partner",
    "read_answer",
    "refuse_override",
    "release_disclosure",
    "renew_link",
    "stop_disclosure",
    "stop_resting_on",
    "verify_offer",
]
