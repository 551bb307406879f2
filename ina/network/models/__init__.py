"""Tables of the network: what partners offer, and referrals of a person to them."""

from ina.network.models.directory import Offer
from ina.network.models.referrals import ServiceReferral, ServiceReferralAct

__all__ = ["Offer", "ServiceReferral", "ServiceReferralAct"]
