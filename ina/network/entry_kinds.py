"""Referrals to partners and their acts can be corrected and voided. With a referral its acts stop counting."""

from ina.cases.corrections import EntryKind, register_entry
from ina.cases.policies import may_correct
from ina.network import operations
from ina.network.models import ServiceReferral, ServiceReferralAct

KINDS = (
    EntryKind(
        key="vermittlung",
        name="referral",
        label="Vermittlung an eine Stelle",
        model=ServiceReferral,
        may=may_correct,
        fields=("purpose", "need", "result"),
        page="network",
        check=operations.check_referral,
    ),
    EntryKind(
        key="vermittlungsschritt",
        name="referral_act",
        label="Ereignis einer Vermittlung",
        model=ServiceReferralAct,
        may=may_correct,
        fields=("happened_on", "remark"),
        case="referral.case",
        page="network",
        check=operations.check_act,
        check_void=operations.check_act_void,
        after=operations.act_changed,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_entry(kind)
