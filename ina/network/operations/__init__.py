"""Writes of the network."""

from ina.network.operations.agreements import correct_agreement, draft_agreement, sign_agreement, terminate_agreement
from ina.network.operations.answers import answer_disclosure, ask_new_link, read_answer
from ina.network.operations.contacts import add_contact_person, correct_contact_person
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
from ina.network.operations.figures import Counted, count_cooperation
from ina.network.operations.groups import (
    agree_in_meeting,
    change_group,
    correct_meeting,
    found_group,
    hold_meeting,
    settle_meeting_task,
)
from ina.network.operations.imports import Change, ImportPlan, OfferLine, import_offers, plan_import
from ina.network.operations.live_access import close_to_chamber, open_to_chamber
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
    "Change",
    "Counted",
    "ImportPlan",
    "OfferLine",
    "Way",
    "act_changed",
    "add_contact_person",
    "add_offer",
    "agree_in_meeting",
    "answer_disclosure",
    "ask_new_link",
    "ask_override",
    "change_group",
    "check_act",
    "check_act_void",
    "check_referral",
    "close_to_chamber",
    "confirm_override",
    "correct_agreement",
    "correct_contact_person",
    "correct_meeting",
    "correct_offer",
    "count_cooperation",
    "deliver_waiting",
    "draft_agreement",
    "end_offer",
    "end_override",
    "found_group",
    "has_inbox",
    "hold_meeting",
    "import_offers",
    "move_referral",
    "note_override_told",
    "open_to_chamber",
    "plan_import",
    "post_disclosure",
    "prepare_disclosure",
    "propose_partner",
    "read_answer",
    "refuse_override",
    "release_disclosure",
    "renew_link",
    "settle_meeting_task",
    "sign_agreement",
    "stop_disclosure",
    "stop_resting_on",
    "terminate_agreement",
    "verify_offer",
]
