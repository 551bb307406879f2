"""Tables of the network: referrals of a person to partners."""

from ina.network.models.referrals import ServiceReferral, ServiceReferralAct

__all__ = ["ServiceReferral", "ServiceReferralAct"]
