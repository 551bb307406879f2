"""Accounts for their administration: list, invite, positions, leaving, factors, teams, names of roles."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ina.access.operations.offboarding import off_board_person
from ina.accounts import administration as queries
from ina.accounts.operations import invitations, people, positions
from ina.base import clock
from ina.institutions.enums import Kind
from ina.institutions.queries import list_institutions
from ina.web.accounts import forms
from ina.web.shell.pages import guided, lead_to
from ina.web.shell.undo import Undo

SHEET = "invitation_sheet"
SHEET_SHOWN_FOR = timedelta(minutes=10)


@never_cache
def account_detail(request, username):
    """One account: positions, log-in, what may be done with it."""
    account = queries.get_account(request.actor, username, clock.now())
    return render(request, "accounts/detail.html", {"account": account, "section": "account_list"})


def account_invite(request):
    """A new account with its first position; leads to the sheet to print."""
    queries.require_administration(request.actor)

    def save(*, actor, now, username, display_name, email, **position):
        return invitations.invite_person(
            actor=actor,
            now=now,
            username=username,
            display_name=display_name,
            email=email,
            positions=[positions.Position(**position)],
        )

    return guided(
        request,
        "accounts/invite.html",
        partial(forms.InvitePersonForm, choices=_position_choices(request)),
        save=save,
        done=partial(_show_sheet, request),
        initial=lambda: {"starts_on": clock.today()},
    )


@never_cache
def invitation_sheet(request):
    """The invitation to print and hand over. The secret is shown for ten minutes, then a new one must be made."""
    queries.require_administration(request.actor)
    sheet = request.session.get(SHEET)
    if not sheet or clock.now().timestamp() > sheet["until"]:
        request.session.pop(SHEET, None)
        raise Http404
    account = queries.get_account(request.actor, sheet["username"], clock.now())
    link = request.build_absolute_uri(reverse("invitation", args=[sheet["code"]]))
    return render(
        request,
        "accounts/sheet.html",
        {
            "account": account,
            "code": sheet["code"],
            "link": link,
            "page": request.build_absolute_uri(reverse("invitation_code")),
        },
    )


def account_rename(request, username):
    """Name and mail of an account."""
    account = queries.get_account(request.actor, username, clock.now())

    def present():
        now = queries.get_account(request.actor, username, clock.now())
        return {"version": now.version, "display_name": now.display_name, "email": now.email}

    return guided(
        request,
        "accounts/rename.html",
        forms.RenameForm,
        save=partial(people.rename_person, user_id=account.id),
        done=lambda _: (reverse("account_detail", args=[username]), "Name und E-Mail sind gespeichert."),
        initial=present,
        context={"account": account, "section": "account_list"},
    )


def position_add(request, username):
    """One more position for an account."""
    account = queries.get_account(request.actor, username, clock.now())

    def save(*, actor, now, **position):
        return positions.add_position(actor=actor, now=now, user_id=account.id, position=positions.Position(**position))

    return guided(
        request,
        "accounts/position_add.html",
        partial(forms.PositionForm, choices=_position_choices(request)),
        save=save,
        done=lambda _: (reverse("account_detail", args=[username]), "Die Stelle ist eingetragen."),
        initial=lambda: {"starts_on": clock.today()},
        context={"account": account, "section": "account_list"},
    )


def position_end(request, username, number):
    """End a position with a day."""
    account = queries.get_account(request.actor, username, clock.now())
    position = next((one for one in account.positions if one.number == number), None)
    if position is None:
        raise Http404
    return guided(
        request,
        "accounts/position_end.html",
        forms.EndPositionForm,
        save=partial(positions.end_position, membership_id=position.id),
        done=lambda _: (reverse("account_detail", args=[username]), "Das Ende der Stelle ist eingetragen."),
        initial=lambda: {"version": position.version, "last_day_on": clock.today()},
        context={"account": account, "position": position, "section": "account_list"},
    )


def position_secrecy(request, username, number):
    """State whether whoever holds a position is bound by professional secrecy."""
    account = queries.get_account(request.actor, username, clock.now())
    position = next((one for one in account.positions if one.number == number), None)
    if position is None:
        raise Http404
    return guided(
        request,
        "accounts/position_secrecy.html",
        forms.SecrecyForm,
        save=partial(positions.state_secrecy, membership_id=position.id),
        done=lambda _: (reverse("account_detail", args=[username]), "Die Angabe zum Berufsgeheimnis ist gespeichert."),
        initial=lambda: {"version": position.version, "secrecy": position.secrecy},
        context={"account": account, "position": position, "section": "account_list"},
    )


def account_off_board(request, username):
    """Somebody leaves today; cases are covered in the same step."""
    now = clock.now()
    account = queries.get_account(request.actor, username, now)
    covered = queries.positions_to_cover(request.actor, account.id, now)
    may_appoint = queries.may_appoint_deputies(request.actor)
    return guided(
        request,
        "accounts/off_board.html",
        partial(forms.OffBoardForm, positions=covered if may_appoint else ()),
        save=partial(off_board_person, user_id=account.id),
        done=lambda _: (
            reverse("account_detail", args=[username]),
            f"{account.display_name} hat ab sofort keinen Zugang mehr.",
        ),
        initial=lambda: {"until": clock.today() + timedelta(days=28)},
        context={"account": account, "covered": covered, "may_appoint": may_appoint},
    )


@require_POST
def account_renew_invitation(request, username):
    """A new invitation for somebody who lost paper or password; leads to the sheet."""
    account = queries.get_account(request.actor, username, clock.now())
    return _show_sheet(request, invitations.renew_invitation(actor=request.actor, now=clock.now(), user_id=account.id))


@require_POST
def account_revoke_invitation(request, username):
    """The sheet went astray."""
    account = queries.get_account(request.actor, username, clock.now())
    if account.invitation_id is None:
        raise Http404
    invitations.revoke_invitation(actor=request.actor, now=clock.now(), invitation_id=account.invitation_id)
    return lead_to(request, reverse("account_detail", args=[username]), "Die Einladung gilt nicht mehr.")


def _act(operation, message: str, back: str = ""):
    """``back``: name of the page that takes it back."""

    @require_POST
    def view(request, username):
        account = queries.get_account(request.actor, username, clock.now())
        operation(actor=request.actor, now=clock.now(), user_id=account.id)
        undo = Undo(reverse(back, args=[username])) if back else None
        return lead_to(request, reverse("account_detail", args=[username]), message, undo)

    view.__doc__ = operation.__doc__
    return view


account_reset_factors = _act(people.reset_factors, "Alle zweiten Faktoren sind gelöscht, offene Sitzungen beendet.")
account_deactivate = _act(
    people.deactivate_account, "Das Konto ist stillgelegt, offene Sitzungen sind beendet.", back="account_reactivate"
)
account_reactivate = _act(people.reactivate_account, "Das Konto ist wieder in Betrieb.")


def team_list(request):
    """Teams, and a new one."""
    queries.require_administration(request.actor)
    today = clock.today()
    return guided(
        request,
        "accounts/teams.html",
        partial(forms.TeamForm, institutions=queries.institution_choices(request.actor, today)),
        save=positions.open_team,
        done=lambda team: (reverse("team_list"), f"Das Team „{team.name}“ ist angelegt."),
        context={
            "teams": queries.list_teams(request.actor, today),
            "is_system": queries.may_name_roles(request.actor),
            "section": "account_list",
        },
    )


@require_POST
def team_dissolve(request):
    """Close a team that nobody is in any more."""
    text = request.POST.get("team", "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    positions.dissolve_team(actor=request.actor, now=clock.now(), team_id=int(text))
    return lead_to(request, reverse("team_list"), "Das Team ist aufgelöst.")


def role_names(request):
    """What roles are called in this installation."""
    queries.require_system_administration(request.actor)
    return guided(
        request,
        "accounts/role_names.html",
        partial(forms.RoleLabelForm, roles=queries.role_choices(request.actor)),
        save=positions.label_role,
        done=lambda _: (reverse("role_names"), "Die Bezeichnung ist gespeichert."),
        context={"roles": queries.role_choices(request.actor), "is_system": True, "section": "account_list"},
    )


def _show_sheet(request, invited):
    request.session[SHEET] = {
        "username": invited.username,
        "code": invited.code,
        "until": (clock.now() + SHEET_SHOWN_FOR).timestamp(),
    }
    return lead_to(request, reverse("invitation_sheet"), "Die Einladung ist ausgestellt. Bitte drucken Sie das Blatt.")


def _position_choices(request) -> dict[str, list]:
    today = clock.today()
    prisons = [*list_institutions(kind=Kind.PRISON, on=today), *list_institutions(kind=Kind.YOUTH_ARREST, on=today)]
    return {
        "role": queries.role_choices(request.actor),
        "institution_id": queries.institution_choices(request.actor, today),
        "place_id": [(one.id, one.short_name) for one in prisons],
        "team_id": [(one.id, f"{one.name} ({one.institution})") for one in queries.list_teams(request.actor, today)],
    }
