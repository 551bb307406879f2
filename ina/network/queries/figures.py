"""The numbers about partners, and where the network has gaps. Only what the night found fit to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ina.institutions.enums import Kind
from ina.network.models import Cooperation, Offer, PartnerFigure
from ina.profiling.enums import Need

MOST = 500


@dataclass(frozen=True)
class PartnerRow:
    """A line of the table; None: too few people, or nothing known. ``needs``: what the partner helps with."""

    id: int
    key: str
    name: str
    town: str
    needs: tuple[str, ...]
    referrals: int
    arrived: int | None
    refused: int | None
    ended: int | None
    waiting: int | None
    answer_days: int | None
    arrival_days: int | None

    @property
    def share(self) -> float | None:
        """Of those that came to an end, how many arrived; None when one of the numbers must not be told."""
        if self.arrived is None or self.refused is None or self.ended is None:
            return None
        over = self.arrived + self.refused + self.ended
        return self.arrived / over if over else None


@dataclass(frozen=True)
class Line:
    """A house that sends people to a partner, so often."""

    house_id: int
    house: str
    partner_id: int
    referrals: int


@dataclass(frozen=True)
class Gap:
    """A need with so few offers in a district. ``partners``: how many houses offer anything for it there."""

    need: Need
    offers: int
    partners: int


@dataclass(frozen=True)
class Picture:
    """``counted_on``: the night of the numbers; None: nothing can be told yet."""

    counted_on: date | None
    partners: tuple[PartnerRow, ...]
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]


def figure_of(partner_id: int) -> PartnerFigure | None:
    """Of one partner; None when too few people were sent there."""
    return PartnerFigure.objects.filter(partner=partner_id).first()


def network_picture(on: date, district: str = "") -> Picture:
    """The partners that were asked the most, with who sends there. district: only partners with an offer there."""
    offers = Offer.objects.filter(valid_period__contains=on, institution__valid_period__contains=on)
    if district:
        offers = offers.filter(Q(area__contains=[district]) | Q(area=[]))
    rows = PartnerFigure.objects.select_related("partner")
    if district:
        rows = rows.filter(partner__in=offers.values("institution"))
    figures = list(rows.order_by("-referrals", "partner__name_key")[:MOST])
    ids = [one.partner_id for one in figures]
    needs: dict[int, set[str]] = {}
    for partner, codes in offers.filter(institution__in=ids).values_list("institution", "needs"):
        needs.setdefault(partner, set()).update(codes)
    lines = Cooperation.objects.filter(partner__in=ids).select_related("house")
    return Picture(
        counted_on=max((one.counted_on for one in figures), default=None),
        partners=tuple(_row(one, needs.get(one.partner_id, set())) for one in figures),
        lines=tuple(
            Line(one.house_id, one.house.short_name, one.partner_id, one.referrals)
            for one in lines.order_by("house__name_key", "partner")
        ),
        gaps=_gaps(offers),
    )


def _row(one: PartnerFigure, needs: set[str]) -> PartnerRow:
    partner = one.partner
    return PartnerRow(
        id=partner.pk,
        key=partner.key,
        name=partner.short_name,
        town=partner.town,
        needs=tuple(each.label for each in Need if each.value in needs),
        **{
            name: getattr(one, name)
            for name in ("referrals", "arrived", "refused", "ended", "waiting", "answer_days", "arrival_days")
        },
    )


def _gaps(offers) -> tuple[Gap, ...]:
    """Needs with no offer, or with one house alone, the emptiest first."""
    found: dict[str, tuple[int, set[int]]] = {each.value: (0, set()) for each in Need}
    for codes, partner in offers.exclude(institution__kind=Kind.PRISON).values_list("needs", "institution"):
        for code in codes:
            count, partners = found[code]
            found[code] = (count + 1, partners | {partner})
    gaps = [Gap(each, found[each.value][0], len(found[each.value][1])) for each in Need]
    return tuple(sorted((gap for gap in gaps if gap.partners < 2), key=lambda gap: gap.partners))
