"""Übergabe: offer the case to somebody else, take the offer back, record a transfer; and the sheet to sign."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.queries import list_consents
from ina.accounts.enums import Role
from ina.agenda.enums import ItemState
from ina.agenda.queries import list_items
from ina.base import clock
from ina.base.errors import NotVisible
from ina.base.policy import Verdict, allowed_if, first_refusal, refused
from ina.cases import policies
from ina.cases.enums import HandoverKind, HandoverState
from ina.cases.operations.allocations import allocate_case
from ina.cases.operations.handovers import offer_handover, withdraw_handover
from ina.cases.operations.transfers import record_transfer, void_transfer
from ina.cases.queries import CaseFile
from ina.cases.queries.events import last_transfer
from ina.cases.queries.handovers import HandoverRow, case_managers_in, list_handovers, receiver_choices
from ina.cases.queries.team import team_members
from ina.institutions.enums import Kind
from ina.institutions.queries import get_institution, institution_choices
from ina.reference.queries import parameter
from ina.web.shell.fields import choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.pages import show
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import AT_ONCE, Undo

# How a state looks: mark, and the word of the enum beside it.
MARKS = {
    HandoverState.OFFERED: "run",
    HandoverState.ACCEPTED: "done",
    HandoverState.REFUSED: "fail",
    HandoverState.WITHDRAWN: "na",
    HandoverState.LAPSED: "late",
}
CHOOSE = [("", "bitte wählen")]


class OfferForm(forms.Form):
    receiver_id = choose("an wen", numbered=True)
    kind = pick(HandoverKind, "Anlass", radio=True, without=(HandoverKind.ALLOCATED,))
    reason = field("cases.Handover.reason", help_text="zum Beispiel Elternzeit, neue Anstalt")
    message = words(
        "Was die Nächsten wissen müssen",
        rows=6,
        help_text="Was läuft gerade, was eilt, worauf verlässt sich die Person?",
    )
    with_confidential = field("cases.Handover.with_confidential", required=False)
    offered_on = GermanDateField(label="angeboten am", latest=TODAY)

    def __init__(self, *arguments, places, **options):
        super().__init__(*arguments, **options)
        self.fields["receiver_id"].choices = [*CHOOSE, *places]


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="Grund", max_length=300, required=False)


class AllocateForm(forms.Form):
    receiver_id = choose("führt den Fall ab heute", numbered=True)
    reason = field("cases.Handover.reason", help_text="zum Beispiel Krankheit, Ausscheiden, Zugang vom Sozialdienst")

    def __init__(self, *arguments, team, **options):
        super().__init__(*arguments, **options)
        self.fields["receiver_id"].choices = [*CHOOSE, *team]


class TransferForm(forms.Form):
    on = GermanDateField(label="verlegt am", latest=TODAY)
    prison = choose("in die Anstalt")
    booking_number = field(
        "cases.CustodyPeriod.booking_number", required=False, help_text="leer, solange sie niemand kennt"
    )
    department = field("cases.CustodyPeriod.department", required=False)
    remark = field("cases.SpecialEvent.remark", required=False)

    def __init__(self, *arguments, prisons, **options):
        super().__init__(*arguments, **options)
        self.fields["prison"].choices = [*CHOOSE, *prisons]


class VoidTransferForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(label="Warum die Verlegung nicht stimmt", max_length=300)


def handover(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "handover"), request.actor, clock.today()
    case, here = opened.case, reverse("handover", args=[number])
    rows = list_handovers(actor, case, today=today)
    standing = next((row for row in rows if row.state is HandoverState.OFFERED), None)
    prison_id = opened.custody.prison_id if opened.custody else None
    moved = _works_elsewhere(opened)
    may_offer = policies.may_offer_handover(actor, case)
    may_transfer = policies.may_record_transfer(actor, case)
    may_allocate = policies.may_allocate_case(actor, case)
    moved_last = last_transfer(actor, case)
    return several(
        request,
        "cases/handover.html",
        {
            "offer": Guide(
                partial(OfferForm, places=_receivers(opened, today, prison_id) if may_offer else []),
                save=partial(_offer, prison_id, case_id=case.pk),
                done=lambda made: (here, _offered(made), Undo(here, {"formular": "withdraw", "reason": AT_ONCE})),
                may=first_refusal(may_offer, allowed_if(standing is None, "Dieser Fall ist schon jemandem angeboten.")),
                initial=lambda: {"offered_on": today, "kind": HandoverKind.TRANSFER if moved else HandoverKind.PERSON},
                draft=f"uebergabe:{number}:{case.number}",
            ),
            "withdraw": Guide(
                WithdrawForm,
                save=partial(withdraw_handover, handover_id=standing.handover_id if standing else 0),
                done=lambda _: (here, "Das Angebot ist zurückgezogen.\nDie Fallführung bleibt, wie sie war."),
                may=_may_withdraw(may_offer, standing),
            ),
            "allocate": Guide(
                partial(AllocateForm, team=team_choices(actor, today) if may_allocate else []),
                save=partial(allocate_case, case_id=case.pk),
                done=lambda made: (here, f"Zugeteilt.\nAb heute führt {made.receiver.user.display_name} den Fall."),
                may=may_allocate,
            ),
            "transfer": Guide(
                partial(TransferForm, prisons=institution_choices(Kind.PRISON, on=today) if may_transfer else []),
                save=partial(_transfer, case_id=case.pk),
                done=lambda works_there: _after_transfer(actor, here, works_there),
                may=may_transfer,
                initial=lambda: {"on": today},
            ),
            "untransfer": Guide(
                VoidTransferForm,
                save=partial(void_transfer, specialevent_id=moved_last.pk if moved_last else 0),
                done=lambda _: (here, "Die Verlegung ist zurückgenommen.\nHaft und Leserechte sind wie vorher."),
                may=policies.may_void_transfer(actor, moved_last)
                if moved_last
                else refused("Es ist keine Verlegung eingetragen."),
                initial=lambda: {"version": moved_last.version if moved_last else 0},
            ),
        },
        {
            **head_of(opened, "handover", today),
            "rows": [(row, MARKS[row.state]) for row in rows],
            "standing": standing,
            "mine": standing is not None and standing.receiver_id == actor.membership_id,
            "moved": moved,
            "moved_last": moved_last,
            "alone": moved and prison_id is not None and not case_managers_in(prison_id, today),
            "shared": parameter("handover_shared_reading", on=today),
            "refusal": may_offer.reason,
        },
    )


def handover_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Übergabeprotokoll (domain 7.14) of the newest hand-over: what is open, what is due, what was allowed; two
    signatures. As much of it as the reader's compartments open."""
    opened, actor, today = open_file(request, number, "handover_sheet"), request.actor, clock.today()
    rows = list_handovers(actor, opened.case, today=today)
    if not rows:
        raise NotVisible()
    items = list_items(actor, opened.dossier.pk, opened.case.number, today)
    return show(
        request,
        "cases/handover_sheet.html",
        {
            **head_of(opened, "handover_sheet", today),
            "row": rows[0],
            "items": [item for item in items if item.state is ItemState.OPEN],
            "claims": [claim for claim in opened.hypotheses if claim.status != "DROPPED"],
            "consents": [each for each in list_consents(actor, opened.dossier.pk) if not each.withdrawn_on],
            "today": today,
        },
    )


def team_choices(actor, today) -> list[tuple[int, str]]:
    """The case managers of the lead's own team, by name."""
    return [(one.pk, one.user.display_name) for one in team_members(actor, today)]


def _receivers(opened: CaseFile, today, prison_id: int | None) -> list:
    """Everybody who can lead the case, by house, without the one who leads it."""
    leads = opened.assignments[-1].membership_id if opened.assignments else None
    houses = receiver_choices(today, first=prison_id)
    rest = [(house, [each for each in people if each[0] != leads]) for house, people in houses]
    return [(house, people) for house, people in rest if people]


def _offered(made) -> str:
    return (
        f"{made.receiver.user.display_name} ist der Fall angeboten.\nAntwort bis {made.answer_by:%d.%m.%Y}. "
        "Bis dahin ändert sich die Zuständigkeit nicht."
    )


def _works_elsewhere(opened: CaseFile) -> bool:
    """Whether the person is in another prison than the one where whoever leads the case works."""
    if opened.custody is None or opened.released_on or not opened.assignments:
        return False
    place = opened.assignments[-1].membership.place_id
    return place is not None and place != opened.custody.prison_id


def _may_withdraw(may_offer: Verdict, standing: HandoverRow | None) -> Verdict:
    return first_refusal(may_offer, allowed_if(standing is not None, "Es gibt kein Angebot, das noch offen ist."))


def _offer(prison_id: int | None, *, kind: HandoverKind, **entered):
    return offer_handover(kind=kind, prison_id=prison_id if kind is HandoverKind.TRANSFER else None, **entered)


def _transfer(*, prison: str, **entered) -> bool:
    return record_transfer(prison_id=get_institution(prison).pk, **entered)


def _after_transfer(actor, here: str, works_there: bool) -> tuple[str, str]:
    if actor.role == Role.PRISON_SOCIAL:
        return reverse("case_list"), "Die Verlegung ist eingetragen.\nDie Fallführung ist benachrichtigt."
    if works_there:
        return (
            here,
            "Die Verlegung ist eingetragen.\nIn der neuen Anstalt arbeitet ein Team: Bieten Sie ihm den Fall an.",
        )
    return here, "Die Verlegung ist eingetragen.\nIn der neuen Anstalt arbeitet noch kein Team."
