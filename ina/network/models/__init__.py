"""Tables of the network: what partners offer, referrals of a person to them, and what was passed on."""

from ina.network.models.agreements import Agreement
from ina.network.models.contacts import PartnerContact
from ina.network.models.directory import Offer
from ina.network.models.disclosures import Disclosure, DisclosureAnswer, DisclosureContent, DisclosureLink
from ina.network.models.figures import Cooperation, PartnerFigure
from ina.network.models.groups import Meeting, MeetingTask, WorkingGroup
from ina.network.models.overrides import Override
from ina.network.models.referrals import ServiceReferral, ServiceReferralAct

__all__ = [
    "Agreement",
    "Cooperation",
    "Disclosure",
    "DisclosureAnswer",
    "DisclosureContent",
    "DisclosureLink",
    "Meeting",
    "MeetingTask",
    "Offer",
    "Override",
    "PartnerContact",
    "PartnerFigure",
    "ServiceReferral",
    "ServiceReferralAct",
    "WorkingGroup",
]
