"""Factors of one's own, where allauth's views lack something: passkeys that log in alone, a word after success."""

from __future__ import annotations

from allauth.account.views import PasswordChangeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, ListWebAuthnView, RemoveWebAuthnView
from django.contrib import messages


class Says:
    """Say what happened; allauth's own messages are sent too late here, and partly too familiar."""

    message = ""

    def form_valid(self, form):
        response = super().form_valid(form)  # type: ignore[misc]
        messages.success(self.request, self.message)
        return response


class ChangePassword(Says, PasswordChangeView):
    message = "Ihr Passwort ist geändert. Ihre Sitzungen auf anderen Geräten sind beendet."


class ActivateApp(Says, ActivateTOTPView):
    message = "Die App ist eingerichtet. Beim nächsten Anmelden fragt ina nach einem Code daraus."


class DeactivateApp(Says, DeactivateTOTPView):
    message = "Die App ist entfernt."


class PrintCodes(Says, GenerateRecoveryCodesView):
    message = "Neue Codes sind erstellt, frühere gelten nicht mehr. Bitte drucken Sie diese Seite."


class AddPasskey(Says, AddWebAuthnView):
    message = "Der Passkey ist eingerichtet. Sie können sich ab jetzt damit ohne Passwort anmelden."

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context


class ListPasskeys(ListWebAuthnView):
    def get_queryset(self):
        """Loaded here: nothing is asked while the template renders."""
        return list(super().get_queryset().order_by("created_at", "pk"))


class RenamePasskey(Says, EditWebAuthnView):
    message = "Der Name ist gespeichert."


class RemovePasskey(Says, RemoveWebAuthnView):
    message = "Der Passkey ist entfernt."
