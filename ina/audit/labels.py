"""What each action of the trail means, in one plain German sentence; shown wherever lines of the trail are shown.

Actions are the names of operations (``base.operation.registry``) and of what is read, searched or taken
(``trail.record_read``). A test fails for an action without a sentence. Names of actions that no longer exist may stay
here: their lines live for 24 months.
"""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES = {
    # read, searched, taken
    "read.file": "Die Akte wurde geöffnet",
    "read.file_access": "Das Protokoll der Akte wurde angesehen",
    "search.people": "Nach einer Person wurde gesucht",
    "search.trail": "Im Protokoll wurde für eine Prüfung gesucht",
    # who may see
    "access.appoint_deputy": "Eine Vertretung wurde eingerichtet",
    "access.block_person": "Jemand wurde wegen Befangenheit von der Akte ausgeschlossen",
    "access.end_deputyship": "Eine Vertretung wurde beendet",
    "access.lift_block": "Ein Ausschluss wegen Befangenheit wurde aufgehoben",
    "access.off_board_person": "Eine Person ist ausgeschieden, ihre Zugänge wurden geschlossen",
    "access.open_emergency_access": "Die Akte wurde im Notfall geöffnet",
    "access.record_consent": "Eine Einwilligung wurde eingetragen",
    "access.review_emergency_access": "Ein Zugriff im Notfall wurde geprüft",
    "access.withdraw_consent": "Ein Widerruf wurde eingetragen",
    # log-in and own account
    "login.succeeded": "Anmeldung",
    "login.ended": "Abmeldung",
    "login.failed": "Eine Anmeldung ist misslungen",
    "login.factor_failed": "Eine Anmeldung ist am zweiten Faktor gescheitert",
    "login.factor_used": "Anmeldung mit dem zweiten Faktor",
    "login.locked_out": "Nach zu vielen Versuchen wurde die Anmeldung gesperrt",
    "account.password_changed": "Das Passwort wurde geändert",
    "account.factor_added": "Ein zweiter Faktor wurde eingerichtet",
    "account.factor_removed": "Ein zweiter Faktor wurde entfernt",
    "account.codes_printed": "Neue Codes wurden ausgedruckt",
    # accounts
    "accounts.accept_invitation": "Eine Einladung wurde angenommen",
    "accounts.accept_new_keys": "Neue Schlüssel der Anlage wurden anerkannt",
    "accounts.add_demo_person": "Ein Konto der Vorführung wurde angelegt",
    "accounts.add_position": "Eine Stelle wurde eingetragen",
    "accounts.deactivate_account": "Ein Konto wurde stillgelegt",
    "accounts.dissolve_team": "Ein Team wurde aufgelöst",
    "accounts.end_position": "Das Ende einer Stelle wurde eingetragen",
    "accounts.end_session": "Eine Sitzung wurde beendet",
    "accounts.forget_sessions": "Abgelaufene Sitzungen wurden gelöscht",
    "accounts.invite_administrator": "Die erste Systemadministration wurde eingeladen",
    "accounts.invite_person": "Eine Person wurde eingeladen",
    "accounts.label_role": "Die Bezeichnung einer Rolle wurde geändert",
    "accounts.open_team": "Ein Team wurde angelegt",
    "accounts.reactivate_account": "Ein Konto wurde wieder in Betrieb genommen",
    "accounts.remember_keys": "Die Prüfsumme der Schlüssel wurde hinterlegt",
    "accounts.rename_person": "Name oder E-Mail eines Kontos wurde geändert",
    "accounts.renew_invitation": "Eine Einladung wurde erneuert",
    "accounts.reset_factors": "Die zweiten Faktoren eines Kontos wurden gelöscht",
    "accounts.revoke_invitation": "Eine Einladung wurde zurückgezogen",
    # the case
    "cases.admit": "Die Aufnahme wurde eingetragen",
    "cases.close": "Der Fall wurde beendet",
    "cases.confirm_release": "Die Entlassung wurde bestätigt",
    "cases.correct_participant": "Angaben zur Person wurden berichtigt",
    "cases.decline": "Eingetragen wurde, dass die Person nicht teilnehmen möchte",
    "cases.discard_prison_list": "Eine Gefangenenliste wurde verworfen",
    "cases.drop_release_date": "Ein Entlassungsdatum wurde verworfen",
    "cases.pause": "Der Fall wurde unterbrochen",
    "cases.record_first_talk": "Das Erstgespräch wurde eingetragen",
    "cases.refer_from_list": "Zugänge aus einer Gefangenenliste wurden gemeldet",
    "cases.refer_person": "Ein Zugang wurde gemeldet",
    "cases.reject": "Die Aufnahme wurde abgelehnt",
    "cases.resume": "Der Fall wird fortgesetzt",
    "cases.stage_prison_list": "Eine Gefangenenliste wurde eingelesen",
    "cases.state_release_date": "Ein Entlassungsdatum wurde eingetragen",
    "cases.waitlist": "Die Person wurde auf die Warteliste gesetzt",
    "profiling.record_finding": "Ein Profiling wurde eingetragen",
    "planning.add_step": "Ein Schritt des Plans wurde eingetragen",
    "planning.complete_step": "Ein Schritt des Plans wurde erledigt",
    "planning.drop_step": "Ein Schritt des Plans wurde gestrichen",
    "planning.judge_goal": "Ein Ziel wurde beurteilt",
    "planning.set_goal": "Ein Ziel wurde vereinbart",
    "network.move_referral": "Der Stand einer Vermittlung an eine andere Stelle wurde eingetragen",
    "network.propose_partner": "Eine Vermittlung an eine andere Stelle wurde begonnen",
    "monitoring.correct_outcome": "Der Verbleib wurde berichtigt",
    "monitoring.record_contact": "Ein Kontakt wurde eingetragen",
    "monitoring.record_outcome": "Der Verbleib wurde eingetragen",
    "evaluation.rebuild_facts": "Die Zahlen der Auswertung wurden neu berechnet",
    # facts without persons
    "institutions.add_institution": "Eine Einrichtung wurde angelegt",
    "institutions.change_institution": "Angaben zu einer Einrichtung wurden geändert",
    "institutions.close_institution": "Das Ende einer Einrichtung wurde eingetragen oder zurückgenommen",
    "institutions.end_region_service": "Die Beauftragung eines Trägers wurde beendet",
    "institutions.serve_region": "Ein Träger wurde für eine Region eingetragen",
    "institutions.set_coverage": "Die Kreise einer Stelle wurden festgelegt",
    "institutions.verify_institution": "Die Angaben zu einer Einrichtung wurden geprüft",
    "reference.add_code": "Ein Listeneintrag wurde angelegt",
    "reference.correct_parameter": "Ein Wert wurde berichtigt",
    "reference.correct_term": "Die Bezeichnung eines Listeneintrags wurde berichtigt",
    "reference.edit_page": "Eine Seite (Impressum, Datenschutz, Hilfe …) wurde geändert",
    "reference.end_code": "Ein Listeneintrag wurde beendet",
    "reference.import_places": "Ein Ortsverzeichnis wurde geladen",
    "reference.rename_code": "Ein Listeneintrag bekam einen neuen Namen",
    "reference.set_parameter": "Ein neuer Wert wurde eingetragen",
    # the installation itself
    "ops.drop_job": "Eine misslungene Hintergrundarbeit wurde verworfen",
    "ops.repeat_job": "Eine misslungene Hintergrundarbeit wurde wiederholt",
    "job.discard_lists": "Alte Gefangenenlisten wurden gelöscht",
    "job.drop_old_log": "Protokoll nach Ablauf der Frist gelöscht",
}


def sentence(action: str) -> str:
    """The sentence of an action; one that this version no longer knows is named as it stands in the trail."""
    return SENTENCES.get(action, f"Vorgang einer früheren Version: {action}")


@dataclass(frozen=True)
class Group:
    """Actions that a check asks for together: those that begin with one of ``prefixes``."""

    label: str
    prefixes: tuple[str, ...]


GROUPS = {
    "gelesen": Group("Akten geöffnet", ("read.",)),
    "gesucht": Group("gesucht", ("search.",)),
    "ausgegeben": Group("Daten ausgegeben", ("export.",)),
    "zugriff": Group("Zugriffsrechte und Einwilligungen", ("access.",)),
    "fallarbeit": Group("Fallarbeit", ("cases.", "profiling.", "planning.", "network.", "monitoring.")),
    "auswertung": Group("Auswertung", ("evaluation.",)),
    "anmeldung": Group("Anmeldung, eigenes Konto", ("login.", "account.")),
    "konten": Group("Verwaltung der Konten", ("accounts.",)),
    "stammdaten": Group("Einrichtungen, Werte, Listen", ("institutions.", "reference.")),
    "anlage": Group("Betrieb der Anlage", ("ops.", "job.")),
}


def group_of(action: str) -> str:
    """The key of the group that an action belongs to; empty for one of a former version."""
    return next((key for key, group in GROUPS.items() if action.startswith(group.prefixes)), "")
