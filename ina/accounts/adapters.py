"""What allauth asks this house: texts in "Sie", no sign-up, encrypted secrets, printed codes as a factor."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from ina.accounts import crypto
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.actor import NOBODY
from ina.base.errors import Refused

LOCKED_OUT = (
    "Zu viele Fehlversuche. Aus Sicherheitsgründen ist die Anmeldung für bis zu 15 Minuten gesperrt. Haben Sie Ihr "
    "Passwort vergessen, stellt Ihnen die Kontenverwaltung eine neue Einladung aus."
)
WRONG_PAIR = "Benutzername oder Passwort stimmen nicht. Bitte prüfen Sie die Schreibweise und die Feststelltaste."
WRONG_CODE = "Dieser Code stimmt nicht oder wurde schon benutzt."
MAIN_FACTORS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dieses Konto ist stillgelegt. Bitte wenden Sie sich an Ihre Kontenverwaltung.",
        "enter_current_password": "Bitte geben Sie Ihr jetziges Passwort richtig ein.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "Das Passwort stimmt nicht.",
        "invalid_login": WRONG_PAIR,
        "username_password_mismatch": WRONG_PAIR,
        "too_many_login_attempts": LOCKED_OUT,
        "rate_limited": "Zu viele Versuche in kurzer Zeit. Bitte warten Sie einige Minuten.",
        "same_as_current": "Das neue Passwort muss sich vom jetzigen unterscheiden.",
    }
    reauthentication_labels = {
        "reauthenticate": "Mit dem Passwort bestätigen",
        "mfa_reauthenticate": "Mit einem Code bestätigen",
        "mfa_reauthenticate:webauthn": "Mit einem Passkey bestätigen",
    }

    def is_open_for_signup(self, request) -> bool:
        """Accounts are made by the administration only."""
        return False

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Only sentences of our own: allauth's are partly too familiar, and those sent on commit come too late."""
        if message:
            super().add_message(request, level, message=message, extra_tags=extra_tags)

    def pre_authenticate(self, request, **credentials) -> None:
        """A refused attempt leaves a line in the trail, like a failed one."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record_read(action="login.locked_out", actor=NOBODY, now=clock.now())
            raise

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Who logged in a moment ago is not asked again at once."""
        records = get_authentication_records(context.request, context.request.user)
        if records and clock.now().timestamp() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user) -> list[dict]:
        return [
            {**method, "description": self.reauthentication_labels[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Dieser Faktor kann nicht entfernt werden.",
        "cannot_generate_recovery_codes": "Für dieses Konto können keine Codes gedruckt werden.",
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """At log-in a lost key is a sentence in the form; a page of errors tells strangers nothing."""
        try:
            return crypto.decrypt(encrypted_text)
        except Refused as error:
            if context.request is not None and not context.request.user.is_authenticated:
                raise ValidationError(error.message) from error
            raise

    def is_mfa_enabled(self, user, types=None) -> bool:
        """Printed codes alone are a second factor here (no phone, no mail); allauth knows them as a spare only."""
        if types is not None and set(types) >= MAIN_FACTORS:
            types = [*types, Authenticator.Type.RECOVERY_CODES]
        return super().is_mfa_enabled(user, types)

    def generate_authenticator_name(self, user, type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if count == 0 else f"Passkey {count + 1}"

    def _get_user_identifier(self, user) -> str:
        return user.get_username()
