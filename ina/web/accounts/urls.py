"""Addresses of accounts. allauth's own names (account_…, mfa_…) are kept: it looks its pages up by them.

Sign-up, mail addresses and the reset of a password by mail have no address here: they do not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from ina.web.accounts import administration, factors, invitation, own
from ina.web.accounts.account_list import account_list

urlpatterns = [
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/zweiter-faktor/", base.authenticate, name="mfa_authenticate"),
    path("anmelden/stillgelegt/", account.account_inactive, name="account_inactive"),
    path("abmelden/", account.logout, name="account_logout"),
    path("einladung/", invitation.invitation_code, name="invitation_code"),
    path("einladung/fertig/", invitation.invitation_done, name="invitation_done"),
    path("einladung/<str:code>/", invitation.invitation, name="invitation"),
    path("konto/", own.own_account, name="own_account"),
    path("konto/vertretung/", own.own_deputies, name="own_deputies"),
    path("konto/vertretung/beenden/", own.end_own_deputy, name="end_own_deputy"),
    path("konto/sitzungen/beenden/", own.end_own_session, name="end_own_session"),
    path("konto/passwort/", factors.ChangePassword.as_view(), name="account_change_password"),
    path("konto/bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/bestaetigen/code/", base.reauthenticate, name="mfa_reauthenticate"),
    path("konto/bestaetigen/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("konto/faktoren/", base.index, name="mfa_index"),
    path("konto/faktoren/einrichten/", own.factor_setup, name="factor_setup"),
    path("konto/faktoren/app/", factors.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("konto/faktoren/app/entfernen/", factors.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("konto/faktoren/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/faktoren/codes/neu/", factors.PrintCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("konto/faktoren/codes/datei/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("konto/faktoren/passkeys/", factors.ListPasskeys.as_view(), name="mfa_list_webauthn"),
    path("konto/faktoren/passkeys/neu/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("konto/faktoren/passkeys/<int:pk>/name/", factors.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("konto/faktoren/passkeys/<int:pk>/entfernen/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("konten/", account_list, name="account_list"),
    path("konten-neu/", administration.account_invite, name="account_invite"),
    path("konten-einladungsblatt/", administration.invitation_sheet, name="invitation_sheet"),
    path("konten-teams/", administration.team_list, name="team_list"),
    path("konten-teams/aufloesen/", administration.team_dissolve, name="team_dissolve"),
    path("konten-rollen/", administration.role_names, name="role_names"),
    path("konten/<str:username>/", administration.account_detail, name="account_detail"),
    path("konten/<str:username>/name/", administration.account_rename, name="account_rename"),
    path("konten/<str:username>/stellen/neu/", administration.position_add, name="position_add"),
    path(
        "konten/<str:username>/stellen/<int:number>/berufsgeheimnis/",
        administration.position_secrecy,
        name="position_secrecy",
    ),
    path("konten/<str:username>/stellen/<int:number>/ende/", administration.position_end, name="position_end"),
    path("konten/<str:username>/ausscheiden/", administration.account_off_board, name="account_off_board"),
    path("konten/<str:username>/einladen/", administration.account_renew_invitation, name="account_renew_invitation"),
    path(
        "konten/<str:username>/einladung-zurueckziehen/",
        administration.account_revoke_invitation,
        name="account_revoke_invitation",
    ),
    path(
        "konten/<str:username>/faktoren-loeschen/", administration.account_reset_factors, name="account_reset_factors"
    ),
    path("konten/<str:username>/stilllegen/", administration.account_deactivate, name="account_deactivate"),
    path("konten/<str:username>/in-betrieb/", administration.account_reactivate, name="account_reactivate"),
]
