"""Übergaben: what waits for an answer, what was offered; for leads the team's caseload and cases that nobody leads."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.operations.deputies import appoint_deputy
from ina.accounts.enums import Role
from ina.base import clock
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.policy import allowed_if
from ina.cases import policies
from ina.cases.operations.allocations import allocate_cases
from ina.cases.operations.handovers import accept_handover, look_at_offer, refuse_handover
from ina.cases.queries.handovers import Inbox, inbox, offer_numbered
from ina.cases.queries.team import TeamBoard, team_board, team_members
from ina.web.cases.handover import CHOOSE, MARKS
from ina.web.shell.fields import choose
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

ACCEPT, REFUSE = "annehmen", "ablehnen"


class AnswerForm(forms.Form):
    """Which offer, yes or no. An offer that has gone meanwhile may still be sent: the answer says what became of it."""

    number = forms.ChoiceField(label="Welche Akte", widget=forms.RadioSelect)
    decision = forms.ChoiceField(
        label="Antwort",
        widget=forms.RadioSelect,
        choices=[(ACCEPT, "annehmen: die Fallführung wechselt heute"), (REFUSE, "ablehnen")],
        error_messages={"required": "Bitte wählen Sie."},
    )
    reason = forms.CharField(label="Grund, wenn Sie ablehnen", max_length=300, required=False)

    def __init__(self, *arguments, offers: dict[str, str], **options):
        super().__init__(*arguments, **options)
        # Only a refusal asks for it.
        self.fields["reason"].asked_for = True
        sent = self.data.get("number", "") if self.is_bound else ""
        gone = {sent: f"Akte {sent}"} if sent and sent not in offers else {}
        self.fields["number"].choices = [*offers.items(), *gone.items()]


class LookForm(forms.Form):
    number = forms.CharField(widget=forms.HiddenInput, max_length=20)


class ReassignForm(forms.Form):
    """Which cases go to whom; the checkboxes stand in the table."""

    cases = forms.MultipleChoiceField(
        label="Fälle", error_messages={"required": "Bitte kreuzen Sie mindestens einen Fall an."}
    )
    receiver_id = choose("führt diese Fälle ab heute", numbered=True)
    reason = field("cases.Handover.reason", help_text="zum Beispiel Krankheit, Ausscheiden")
    template_name = "cases/handovers_fields.html"

    def __init__(self, *arguments, lines, team, **options):
        super().__init__(*arguments, **options)
        self.lines = lines
        self.fields["cases"].choices = [(line.number, line.number) for line, _ in lines]
        self.fields["receiver_id"].choices = [*CHOOSE, *team]
        self.ticked = set(self["cases"].value() or [])


class StandInForm(forms.Form):
    """Somebody is ill today: who stands in, without becoming accountable."""

    membership_id = choose("fällt aus", numbered=True)
    deputy_id = choose("vertritt", numbered=True)
    starts_on = GermanDateField(label="ab", earliest=TODAY)
    ends_on = GermanDateField(label="bis einschließlich", earliest=TODAY)
    reason = field("accounts.Deputyship.reason", label="Anlass", required=False)

    def __init__(self, *arguments, team, **options):
        super().__init__(*arguments, **options)
        for name in ("membership_id", "deputy_id"):
            self.fields[name].choices = [*CHOOSE, *team]


def handovers(request: HttpRequest) -> HttpResponse:
    actor, today = request.actor, clock.today()
    policies.may_answer_offers(actor).require()
    leads, here = actor.role == Role.TEAM_LEAD, request.get_full_path()
    waiting = inbox(actor, today=today)
    chosen = request.GET.get("von", "")
    board = team_board(actor, today=today, of=chosen) if leads else None
    team = [(one.pk, one.user.display_name) for one in team_members(actor, today)] if leads else []
    lines = _lines(board)
    offers = {each.offer.number: f"{each.offer.number} · {each.name}" for each in waiting.incoming}
    return several(
        request,
        "cases/handovers.html",
        {
            "answer": Guide(
                partial(AnswerForm, offers=offers),
                save=_answer,
                done=lambda made: _answered(made, here),
                initial=lambda: {"number": next(iter(offers))} if len(offers) == 1 else {},
            ),
            "look": Guide(
                LookForm,
                save=_look,
                done=lambda made: (here, "Sie sehen das Angebot jetzt, bis es beantwortet ist."),
            ),
            "reassign": Guide(
                partial(ReassignForm, lines=lines, team=team),
                save=partial(_reassign, lines),
                done=lambda count: (
                    here,
                    "Ein Fall ist zugeteilt." if count == 1 else f"{count} Fälle sind zugeteilt.",
                ),
                may=policies.may_allocate_cases(actor),
            ),
            "stand_in": Guide(
                partial(StandInForm, team=team),
                save=appoint_deputy,
                done=lambda made: (here, f"Vertretung bis {made.ends_on:%d.%m.%Y} eingerichtet."),
                may=allowed_if(leads, "Für andere richten Teamleitung oder Kontenverwaltung eine Vertretung ein."),
                initial=lambda: {"starts_on": today},
            ),
        },
        {
            "inbox": waiting,
            "outgoing": [(row, MARKS[row.state]) for row in waiting.outgoing],
            "board": board,
            "team_offers": [(row, MARKS[row.state]) for row in board.offers] if board else [],
            "chosen": chosen,
            "chosen_name": next((load.name for load in board.loads if load.username == chosen), "") if board else "",
            "lines": lines,
            "nothing": _nothing(waiting),
        },
    )


def _nothing(waiting: Inbox) -> bool:
    return not (waiting.incoming or waiting.unseen)


def _lines(board: TeamBoard | None) -> list:
    """Cases to be ticked: those nobody leads first, with why; then those of the person that was asked for."""
    if board is None:
        return []
    unled = {line.number for line, _ in board.unled}
    return [*board.unled, *((line, "") for line in board.shown if line.number not in unled)]


def _found(actor: Actor, number: str) -> int:
    offer = offer_numbered(actor, number)
    if offer is None:
        raise NotVisible()
    return offer.handover_id


def _answer(*, actor: Actor, number: str, decision: str, reason: str, now):
    handover_id = _found(actor, number)
    if decision == REFUSE:
        return refuse_handover(actor=actor, handover_id=handover_id, reason=reason, now=now)
    return accept_handover(actor=actor, handover_id=handover_id, answer=reason, now=now)


def _look(*, actor: Actor, number: str, now):
    return look_at_offer(actor=actor, handover_id=_found(actor, number), now=now)


def _answered(made, here: str) -> tuple[str, str]:
    if made.takes_effect_on:
        number = made.dossier.number
        return reverse("file", args=[number]), f"Angenommen.\nAkte {number} führt ab heute {made.receiver.user}."
    return here, "Abgelehnt.\nDie Fallführung bleibt, wo sie war, und weiß es."


def _reassign(lines, *, cases: list[str], receiver_id: int, **entered) -> int:
    ids = {line.number: line.case_id for line, _ in lines}
    return allocate_cases(receivers={ids[number]: receiver_id for number in cases}, **entered)
