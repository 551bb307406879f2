"""What is typed about accounts. Lengths and labels of columns stand there; who may stands in the policies."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from ina.base import clock
from ina.reference.queries import code_choices
from ina.web.shell.forms import TODAY, GermanDateField, field

NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class InvitationCodeForm(forms.Form):
    code = forms.CharField(
        label="Code der Einladung",
        max_length=40,
        help_text="Er steht auf Ihrem Einladungsblatt, zum Beispiel K7QM-4ZTR-9XWD. Groß oder klein ist gleich.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class SetPasswordForm(forms.Form):
    password = forms.CharField(
        label="Neues Passwort",
        strip=False,
        max_length=4096,
        widget=NEW_PASSWORD,
        help_text="Mindestens 12 Zeichen. Gut ist ein Satz aus vier Wörtern, die nicht zusammengehören.",
    )
    repeated = forms.CharField(label="Passwort wiederholen", strip=False, max_length=4096, widget=NEW_PASSWORD)

    def clean(self):
        cleaned = super().clean() or {}
        if "password" in cleaned and "repeated" in cleaned and cleaned.pop("repeated") != cleaned["password"]:
            self.add_error("repeated", "Die beiden Eingaben sind nicht gleich.")
        return cleaned


class PrintCodesForm(forms.Form):
    """Printing codes as the only second factor is allowed here (allauth wants another factor first)."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)


class AddPasskeyForm(AddWebAuthnForm):
    """Every key added here logs in without a password: the authenticator checks the person (PIN, finger, face)."""

    passwordless = None
    name = forms.CharField(
        label="Name für diesen Passkey",
        required=False,
        max_length=60,
        help_text="Damit Sie Ihre Geräte unterscheiden, zum Beispiel „Dienst-Notebook“.",
    )


class DeputyForm(forms.Form):
    """Appoint a deputy for the own position."""

    deputy_id = forms.TypedChoiceField(label="Vertretung durch", coerce=int)
    starts_on = GermanDateField(label="ab", earliest=TODAY)
    ends_on = GermanDateField(label="bis einschließlich", earliest=TODAY)
    reason = field("accounts.Deputyship.reason", label="Anlass", required=False, help_text="zum Beispiel Urlaub")

    def __init__(self, *args, deputies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy_id"].choices = [("", "Bitte wählen"), *deputies]


class PositionForm(forms.Form):
    """A position: role, institution, where and in which team the work is done, since when and until when."""

    role = forms.ChoiceField(label="Rolle")
    institution_id = forms.TypedChoiceField(label="Einrichtung (Arbeitgeber)", coerce=int)
    place_id = forms.TypedChoiceField(
        label="Arbeitsort",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Die Justizvollzugsanstalt, in der die Fallführung arbeitet. Sonst leer lassen.",
    )
    team_id = forms.TypedChoiceField(label="Team", coerce=int, empty_value=None, required=False)
    starts_on = GermanDateField(label="ab")
    ends_on = GermanDateField(label="bis einschließlich", required=False, help_text="Leer: auf Weiteres")

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            none = "Bitte wählen" if self.fields[name].required else "keine Angabe"
            self.fields[name].choices = [("", none), *options]


class InvitePersonForm(PositionForm):
    """A new account with its first position."""

    display_name = field("accounts.User.display_name", help_text="Vor- und Nachname, wie andere ihn sehen sollen")
    username = forms.CharField(
        label="Benutzername",
        max_length=40,
        help_text="3 bis 40 Zeichen: Kleinbuchstaben ohne Umlaute, Ziffern, Punkt, Bindestrich. Er bleibt.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = field("accounts.User.email", label="E-Mail (freiwillig)")
    field_order = ("display_name", "username", "email")


class RenameForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    display_name = field("accounts.User.display_name")
    email = field("accounts.User.email", label="E-Mail (freiwillig)")


class EndPositionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    last_day_on = GermanDateField(
        label="Letzter Tag",
        earliest=TODAY,
        help_text="Der Zugang gilt bis zum Ende dieses Tages. Sofort endet er mit „Ausscheiden“.",
    )


class SecrecyForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    secrecy = forms.ChoiceField(
        label="Berufsgeheimnis (§ 203 StGB)",
        required=False,
        help_text="Wer daran gebunden ist, darf vertrauliche Notizen schreiben. Niemand sonst liest sie.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        grounds = code_choices("secrecy_grounds", on=clock.today())
        self.fields["secrecy"].choices = [("", "nicht an ein Berufsgeheimnis gebunden"), *grounds]


class OffBoardForm(forms.Form):
    """One choice per position of case work: who takes over today."""

    until = GermanDateField(
        label="Vertretung bis einschließlich", required=False, earliest=TODAY, latest=timedelta(days=366)
    )

    def __init__(self, *args, positions, **kwargs):
        super().__init__(*args, **kwargs)
        self.position_ids = [position.id for position in positions]
        for position in positions:
            self.fields[f"deputy_{position.id}"] = forms.TypedChoiceField(
                label=f"Vertretung für: {position.label}",
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", "niemand"), *position.deputies],
            )
        if not positions:
            del self.fields["until"]

    def clean(self):
        cleaned = super().clean() or {}
        chosen = {pk: cleaned.pop(f"deputy_{pk}", None) for pk in self.position_ids}
        deputies = {pk: deputy for pk, deputy in chosen.items() if deputy}
        if deputies and "until" not in self.errors and cleaned.get("until") is None:
            self.add_error("until", "Bitte geben Sie an, bis wann die Vertretung gilt.")
        return {"until": None, **cleaned, "deputies": deputies}


class TeamForm(forms.Form):
    institution_id = forms.TypedChoiceField(label="Einrichtung", coerce=int)
    name = field("accounts.Team.name", label="Name des Teams")

    def __init__(self, *args, institutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution_id"].choices = [("", "Bitte wählen"), *institutions]


class RoleLabelForm(forms.Form):
    role = forms.ChoiceField(label="Rolle")
    label = field("accounts.RoleLabel.label", required=False, help_text="Leer: wie geliefert")

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Bitte wählen"), *roles]
