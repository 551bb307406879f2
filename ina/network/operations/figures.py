"""The numbers about partners, made anew by the night from the acts of referrals, over the batch log-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.operation import note, operation
from ina.network import policies
from ina.network.models import Cooperation, PartnerFigure
from ina.network.rules.arrival import Passage, cooperation_counts, partner_counts
from ina.reference.queries import parameter

ALIAS = "batch"
LOCK = 210_907  # one count at a time; any number of our own
# The last sending counts: whoever was asked again is measured from then.
PASSAGES = """
SELECT m.institution_id, r.partner_id, r.dossier_id, sent.happened_on,
    min(a.happened_on) FILTER (WHERE a.act IN ('ACCEPTED', 'REFUSED', 'WAITLISTED')),
    min(a.happened_on) FILTER (WHERE a.act = 'STARTED'),
    coalesce(bool_or(a.act = 'REFUSED'), false),
    coalesce(bool_or(a.act = 'ENDED'), false)
FROM network_servicereferral r
JOIN LATERAL (
    SELECT s.id, s.happened_on, s.recorded_by_id FROM network_servicereferralact s
    WHERE s.referral_id = r.id AND s.act = 'SENT' AND s.voided_at IS NULL ORDER BY s.happened_on DESC, s.id DESC LIMIT 1
) sent ON true
JOIN accounts_membership m ON m.id = sent.recorded_by_id
LEFT JOIN network_servicereferralact a ON a.referral_id = r.id AND a.voided_at IS NULL
    AND (a.happened_on, a.id) > (sent.happened_on, sent.id)
WHERE r.voided_at IS NULL AND sent.happened_on BETWEEN %s AND %s
GROUP BY r.id, m.institution_id, sent.happened_on
"""


@dataclass(frozen=True)
class Counted:
    """How many referrals were looked at, how many partners and pairs can be told of."""

    referrals: int
    partners: int
    pairs: int


@operation("network.count_cooperation", may=policies.may_count_cooperation)
def count_cooperation(*, actor: Actor, now: datetime) -> Counted:
    """Make all numbers about partners anew, in one transaction; readers see the old ones until then. Safe to repeat."""
    today = day_of(now)
    first = parameter("partner_figures_period", on=today).before(today)
    limit = parameter("small_number_limit", on=today)
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true), pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(PASSAGES, [first, today])
        passages = [Passage(*row) for row in cursor.fetchall()]
        partners, pairs = partner_counts(passages, limit), cooperation_counts(passages, limit)
        cursor.execute("DELETE FROM network_partnerfigure; DELETE FROM network_cooperation;")
        PartnerFigure.objects.using(ALIAS).bulk_create(
            PartnerFigure(
                partner_id=partner,
                counted_on=today,
                referrals=count.referrals,
                answer_days=count.answer_days,
                arrival_days=count.arrival_days,
                **{str(each): number for each, number in count.outcomes.items()},
            )
            for partner, count in sorted(partners.items())
        )
        Cooperation.objects.using(ALIAS).bulk_create(
            Cooperation(house_id=house, partner_id=partner, referrals=number)
            for (house, partner), number in sorted(pairs.items())
        )
    counted = Counted(len(passages), len(partners), len(pairs))
    note(referrals=counted.referrals, partners=counted.partners, pairs=counted.pairs)
    return counted
