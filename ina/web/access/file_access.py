"""Zugriff: who sees what of this file and why, who looked, and who must not (Befangenheit). Made to be printed."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access import policies, queries
from ina.access.operations.dossiers import block_person, lift_block, shield_file, unshield_file
from ina.accounts.crypto import decrypt, encrypt
from ina.accounts.queries import display_names, position_labels, user_id_named
from ina.audit.queries import Place, TrailLine, dossier_trail
from ina.base import clock
from ina.base.errors import Invalid, NotVisible, Refused
from ina.base.policy import Verdict, refused
from ina.web.access.wording import page_name, why
from ina.web.shell.files import head_of, open_file
from ina.web.shell.several import Guide, several


class BlockForm(forms.Form):
    username = forms.CharField(label="Benutzername", max_length=60)
    reason = forms.CharField(
        label="Grund", max_length=200, help_text="verwandt, verschwägert, befreundet, früher dort beschäftigt …"
    )


class LiftForm(forms.Form):
    block = forms.TypedChoiceField(label="Sperre", coerce=int)

    def __init__(self, *arguments, blocks, **options):
        super().__init__(*arguments, **options)
        self.fields["block"].choices = [(place, block.user.display_name) for place, block in blocks.items()]


class ShieldForm(forms.Form):
    reason = forms.CharField(
        label="Grund",
        max_length=200,
        help_text="zum Beispiel: aus der Presse bekannt, Angehörige einer Bediensteten. Liest, wer die Akte liest.",
    )


class UnshieldForm(forms.Form):
    """A button."""


def file_access(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, now = open_file(request, number, "file_access"), request.actor, clock.now()
    dossier, here = opened.dossier, reverse("file_access", args=[number])
    blocks = dict(enumerate(queries.list_blocks(actor, dossier.pk), start=1))
    liftable = {place: block for place, block in blocks.items() if policies.may_lift_block(actor, block)}
    trail = dossier_trail(actor, dossier.pk, after=_place(request.GET.get("ab", "")))
    return several(
        request,
        "access/file_access.html",
        {
            "exclude": Guide(
                BlockForm,
                save=partial(_block, dossier.pk),
                done=lambda block: (here, f"{block.user.display_name} sieht diese Akte nicht mehr."),
                may=policies.may_block_person(actor, dossier),
            ),
            "lift": Guide(
                partial(LiftForm, blocks=liftable),
                save=partial(_lift, liftable),
                done=lambda _: (here, "Die Sperre ist aufgehoben."),
                may=_may_lift(actor, blocks, liftable),
            ),
            "shield": Guide(
                ShieldForm,
                save=partial(shield_file, dossier_id=dossier.pk),
                done=lambda _: (here, "Die Akte ist besonders geschützt. Keine Suche außerhalb nennt sie mehr."),
                may=policies.may_shield_file(actor, dossier),
            ),
            "unshield": Guide(
                UnshieldForm,
                save=partial(unshield_file, dossier_id=dossier.pk),
                done=lambda _: (here, "Der besondere Schutz ist aufgehoben."),
                may=policies.may_unshield_file(actor, dossier),
            ),
        },
        {
            **head_of(opened, "file_access", clock.day_of(now)),
            "shielded_because": dossier.shielded_because if dossier.is_shielded else "",
            "circle": queries.list_access(actor, dossier.pk, now),
            "blocks": list(blocks.values()),
            "lines": _told(trail.lines),
            "next": encrypt(f"{trail.next.at.isoformat()}~{trail.next.id}") if trail.next else "",
            "first": "ab" not in request.GET,
        },
        fragments=("log",),
    )


def _may_lift(actor, blocks, liftable) -> Verdict:
    """Allowed when one of the blocks can be lifted; else the reason of the first that cannot."""
    if not blocks:
        return refused("Es gibt keine Sperre.")
    return policies.may_lift_block(actor, next(iter((liftable or blocks).values())))


def _told(lines: tuple[TrailLine, ...]) -> list[dict]:
    names = display_names(line.user_id for line in lines if line.user_id)
    positions = position_labels(line.membership_id for line in lines if line.membership_id)
    return [
        {
            "at": line.at,
            "who": names.get(line.user_id or 0, "das Programm selbst"),
            "position": positions.get(line.membership_id or 0, ""),
            "what": line.what,
            "page": page_name(line.page),
            "why": why(line.reason),
        }
        for line in lines
    ]


def _place(sealed: str) -> Place | None:
    if not sealed:
        return None
    try:
        at, _, line = decrypt(sealed).partition("~")
        return Place(datetime.fromisoformat(at), int(line))
    except (Refused, ValueError) as error:
        raise NotVisible() from error


def _block(dossier_id: int, *, username: str, reason: str, actor, now):
    user_id = user_id_named(username)
    if user_id is None:
        raise Invalid("Ein Konto mit diesem Benutzernamen gibt es nicht.", "username")
    return block_person(dossier_id=dossier_id, user_id=user_id, reason=reason, actor=actor, now=now)


def _lift(liftable, *, block: int, actor, now):
    return lift_block(block_id=liftable[block].pk, actor=actor, now=now)
