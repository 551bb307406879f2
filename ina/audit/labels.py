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
    "read.link_request": "Eine Anfrage, ob zwei Akten dieselbe Person betreffen, wurde angesehen",
    "read.forecast": "Die Zahlen zur Güte der Entlassungstermine wurden angesehen",
    "read.file_access": "Das Protokoll der Akte wurde angesehen",
    "export.caseload": "Eine Fallliste wurde als Datei ausgegeben",
    "export.caseload_sent": "Die ausgegebene Fallliste wurde übertragen",
    "export.caseload_taken": "Ein Auszug aus der Fallliste wurde heruntergeladen",
    "search.people": "Nach einer Person wurde gesucht",
    "search.outside": "Außerhalb der eigenen Fälle wurde nach einer Person gesucht",
    "search.likeness": "Nach weiteren Akten derselben Person wurde gesucht",
    "search.trail": "Im Protokoll wurde für eine Prüfung gesucht",
    "read.trail_figures": "Die Zahlen auffälliger Zugriffe wurden angesehen",
    "export.trail": "Ein Auszug aus dem Protokoll wurde für eine Prüfung als Datei ausgegeben",
    # who may see
    "access.appoint_deputy": "Eine Vertretung wurde eingerichtet",
    "access.block_person": "Jemand wurde wegen Befangenheit von der Akte ausgeschlossen",
    "access.discard_draft": "Ein Entwurf wurde verworfen",
    "access.end_deputyship": "Eine Vertretung wurde beendet",
    "access.keep_draft": "Ein Entwurf wurde zwischengespeichert",
    "access.lift_block": "Ein Ausschluss wegen Befangenheit wurde aufgehoben",
    "access.off_board_person": "Eine Person ist ausgeschieden, ihre Zugänge wurden geschlossen",
    "access.open_emergency_access": "Die Akte wurde im Notfall geöffnet",
    "access.record_consent": "Eine Einwilligung wurde eingetragen",
    "access.review_emergency_access": "Ein Zugriff im Notfall wurde geprüft",
    "access.shield_file": "Die Akte wurde besonders geschützt",
    "access.unshield_file": "Der besondere Schutz der Akte wurde aufgehoben",
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
    "cases.add_alias": "Ein weiterer Name wurde eingetragen",
    "cases.add_guardian": "Eine gesetzliche Vertretung wurde eingetragen",
    "cases.admit": "Die Aufnahme wurde eingetragen",
    "cases.begin_referring": "Alle neuen Zeilen einer Gefangenenliste sollen gemeldet werden",
    "cases.answer_link": "Eine Anfrage, ob zwei Akten dieselbe Person betreffen, wurde beantwortet",
    "cases.ask_link": "Gefragt wurde, ob eine andere Akte dieselbe Person betrifft",
    "cases.change_name": "Eine Namensänderung wurde eingetragen",
    "cases.close": "Der Fall wurde beendet",
    "cases.confirm_release": "Die Entlassung wurde bestätigt",
    "cases.correct_participant": "Angaben zur Person wurden berichtigt",
    "cases.decline": "Eingetragen wurde, dass die Person nicht teilnehmen möchte",
    "cases.decide_release_date": "Wie sicher ein Entlassungsdatum ist, wurde geändert",
    "cases.discard_prison_list": "Eine Gefangenenliste wurde verworfen",
    "cases.drop_release_date": "Ein Entlassungsdatum wurde verworfen",
    "cases.fill_benefits": "Aufnahmebogen: Leistungen und Schulden wurden eingetragen",
    "cases.fill_enforcement": "Aufnahmebogen: Angaben zur Vollstreckung wurden eingetragen",
    "cases.fill_entry_situation": "Aufnahmebogen: Schule, Ausbildung und Arbeit wurden eingetragen",
    "cases.fill_esf_entry": "Aufnahmebogen: Angaben für den ESF wurden eingetragen",
    "cases.fill_health": "Aufnahmebogen: Angaben zur Gesundheit wurden eingetragen",
    "cases.fill_prison_list": "Eine große Gefangenenliste wurde im Hintergrund eingelesen",
    "cases.fill_referral_sheet": "Aufnahmebogen: Meldung und Wunsch wurden eingetragen",
    "cases.keep_list": "Eine große Gefangenenliste wurde hochgeladen",
    "cases.give_information": "Das Informationsblatt wurde ausgehändigt",
    "cases.pause": "Der Fall wurde unterbrochen",
    "cases.refer_again": "Ein neuer Fall wurde in der Akte begonnen",
    "cases.record_death": "Eingetragen wurde, dass die Person verstorben ist",
    "cases.record_event": "Ein besonderes Ereignis wurde eingetragen",
    "cases.record_first_talk": "Das Erstgespräch wurde eingetragen",
    "cases.record_notice": "Eingetragen wurde, wem der Entlassungstermin mitgeteilt wurde",
    "cases.refer_from_list": "Zugänge aus einer Gefangenenliste wurden gemeldet",
    "cases.refer_person": "Ein Zugang wurde gemeldet",
    "cases.reject": "Die Aufnahme wurde abgelehnt",
    "cases.resume": "Der Fall wird fortgesetzt",
    "cases.stage_prison_list": "Eine Gefangenenliste wurde eingelesen",
    "cases.stage_running_cases": "Eine Liste laufender Fälle wurde eingelesen",
    "cases.stop_referring": "Eine Gefangenenliste konnte im Hintergrund nicht gemeldet werden",
    "cases.state_release_date": "Ein Entlassungsdatum wurde eingetragen",
    "cases.take_over_cases": "Ein laufender Fall wurde übernommen",
    "cases.correct_from_list": "Die Akte wurde nach einer neuen Gefangenenliste berichtigt",
    "cases.take_up": "Die Klärung wurde begonnen",
    "cases.void_act": "Das letzte Ereignis eines Falls wurde storniert",
    "cases.void_event": "Ein besonderes Ereignis wurde storniert",
    "cases.withdraw_death": "Eine irrtümliche Sterbemeldung wurde zurückgenommen",
    "cases.unlink": "Die Verknüpfung zweier Akten wurde gelöst oder eine Anfrage zurückgezogen",
    "cases.void_alias": "Ein weiterer Name wurde storniert",
    "cases.void_guardian": "Eine gesetzliche Vertretung wurde storniert",
    "cases.reconsider": "Eingetragen wurde, dass die Person es sich anders überlegt hat",
    "cases.record_agreement": "Die Teilnahmevereinbarung wurde eingetragen",
    "cases.correct_agreement": "Die Teilnahmevereinbarung wurde berichtigt",
    "cases.void_agreement": "Die Teilnahmevereinbarung wurde storniert",
    "cases.waitlist": "Die Person wurde auf die Warteliste gesetzt",
    "cases.offer_handover": "Der Fall wurde jemand anderem angeboten",
    "cases.accept_handover": "Eine Übergabe wurde angenommen",
    "cases.refuse_handover": "Eine Übergabe wurde abgelehnt",
    "cases.withdraw_handover": "Das Angebot einer Übergabe wurde zurückgezogen",
    "cases.look_at_offer": "Das Angebot einer Übergabe wurde für jemand anderen angesehen",
    "cases.allocate_case": "Der Fall wurde durch die Teamleitung zugeteilt",
    "cases.allocate_cases": "Fälle wurden durch die Teamleitung zugeteilt",
    "cases.save_view": "Eine Ansicht der Fallliste wurde gespeichert",
    "cases.forget_view": "Eine Ansicht der Fallliste wurde gelöscht",
    "cases.order_export": "Ein Auszug aus der Fallliste wurde bestellt",
    "cases.fill_export": "Ein Auszug aus der Fallliste ist fertig",
    "cases.fail_export": "Ein Auszug aus der Fallliste konnte nicht erstellt werden",
    "cases.delete_export": "Ein Auszug aus der Fallliste wurde gelöscht",
    "cases.record_transfer": "Eine Verlegung wurde eingetragen",
    "cases.void_transfer": "Eine Verlegung wurde storniert",
    # dated items
    "agenda.add_item": "Eine Aufgabe wurde eingetragen",
    "agenda.change_item": "Eine Aufgabe wurde geändert",
    "agenda.complete_item": "Eine Aufgabe wurde erledigt",
    "agenda.drop_item": "Eine Aufgabe ist entfallen",
    "agenda.reopen_item": "Eine Aufgabe wurde wieder geöffnet",
    "agenda.see_reminders": "Erinnerungen an Aufgaben wurden zur Kenntnis genommen",
    "agenda.stop_clock": "Fristen wurden angehalten",
    "agenda.correct_stop": "Angehaltene Fristen wurden berichtigt",
    "agenda.void_stop": "Das Anhalten von Fristen wurde storniert",
    "agenda.snooze_item": "Eine Aufgabe wurde zurückgestellt",
    "profiling.record_finding": "Ein Profiling wurde eingetragen",
    "profiling.begin_profiling": "Ein Profiling wurde begonnen",
    "profiling.note_strength": "Eine Stärke wurde eingetragen",
    "profiling.change_strength": "Eine Stärke wurde geändert",
    "profiling.rate_need": "Ein Handlungsbedarf wurde eingeschätzt",
    "profiling.rate_need_again": "Ein Handlungsbedarf wurde anders eingeschätzt",
    "profiling.confirm_finding": "Eine übernommene Feststellung wurde bestätigt",
    "profiling.rate_health": "Was Gesundheit für die Arbeit bedeutet, wurde eingetragen",
    "profiling.rate_health_again": "Was Gesundheit für die Arbeit bedeutet, wurde geändert",
    "profiling.confirm_health": "Was Gesundheit für die Arbeit bedeutet, wurde bestätigt",
    "profiling.give_prognosis": "Prognose und Schwerpunkt eines Profilings wurden eingetragen",
    "profiling.choose_category": "Eine Einstufung wurde gewählt",
    "profiling.record_talk": "Das Gespräch eines Profilings wurde festgehalten",
    "profiling.correct_health_finding": "Eine Angabe zu Gesundheit und Arbeit wurde berichtigt",
    "profiling.void_health_finding": "Eine Angabe zu Gesundheit und Arbeit wurde storniert",
    "profiling.add_biography_entry": "Eine Station im Werdegang wurde eingetragen",
    "profiling.change_biography_entry": "Eine Station im Werdegang wurde geändert",
    "profiling.correct_biography_entry": "Eine Station im Werdegang wurde berichtigt",
    "profiling.void_biography_entry": "Eine Station im Werdegang wurde storniert",
    "profiling.add_target_occupation": "Ein Berufsziel wurde eingetragen",
    "profiling.change_target_occupation": "Ein Berufsziel wurde geändert",
    "profiling.correct_target_occupation": "Ein Berufsziel wurde berichtigt",
    "profiling.void_target_occupation": "Ein Berufsziel wurde storniert",
    "profiling.add_language": "Eine Sprache wurde eingetragen",
    "profiling.change_language": "Eine Sprache wurde geändert",
    "profiling.correct_language": "Eine Sprache wurde berichtigt",
    "profiling.void_language": "Eine Sprache wurde storniert",
    "profiling.add_mobility": "Die Mobilität wurde eingetragen",
    "profiling.change_mobility": "Die Mobilität wurde geändert",
    "profiling.correct_mobility": "Die Mobilität wurde berichtigt",
    "profiling.void_mobility": "Die Mobilität wurde storniert",
    "profiling.add_restriction": "Eine Einschränkung bei der Arbeit wurde eingetragen",
    "profiling.change_restriction": "Eine Einschränkung bei der Arbeit wurde geändert",
    "profiling.correct_restriction": "Eine Einschränkung bei der Arbeit wurde berichtigt",
    "profiling.void_restriction": "Eine Einschränkung bei der Arbeit wurde storniert",
    "profiling.add_competence": "Eine Kompetenz wurde eingetragen",
    "profiling.change_competence": "Eine Kompetenz wurde geändert",
    "profiling.correct_competence": "Eine Kompetenz wurde berichtigt",
    "profiling.void_competence": "Eine Kompetenz wurde storniert",
    "planning.add_step": "Ein Schritt des Plans wurde eingetragen",
    "planning.complete_step": "Ein Schritt des Plans wurde erledigt",
    "planning.drop_step": "Ein Schritt des Plans wurde gestrichen",
    "planning.judge_goal": "Ein Ziel wurde beurteilt",
    "planning.set_goal": "Ein Ziel wurde vereinbart",
    "network.move_referral": "Der Stand einer Vermittlung an eine andere Stelle wurde eingetragen",
    "network.propose_partner": "Eine Vermittlung an eine andere Stelle wurde begonnen",
    "monitoring.correct_outcome": "Der Verbleib wurde berichtigt",
    "monitoring.agree_appointment": "Ein Termin wurde vereinbart",
    "monitoring.cancel_appointment": "Ein Termin wurde abgesagt",
    "monitoring.keep_appointment": "Was aus einem Termin wurde, ist eingetragen",
    "monitoring.move_appointment": "Ein Termin wurde verlegt oder geändert",
    "monitoring.record_contact": "Ein Kontakt wurde eingetragen",
    "monitoring.reopen_appointment": "Ein Termin wurde wieder geplant",
    "monitoring.record_outcome": "Der Verbleib wurde eingetragen",
    "evaluation.rebuild_facts": "Die Zahlen der Auswertung wurden neu berechnet",
    # entries corrected and voided, of any kind
    "access.void_consent": "Eine irrtümlich eingetragene Einwilligung wurde storniert",
    "cases.correct_act": "Ein Ereignis im Fall wurde berichtigt",
    "cases.correct_first_talk": "Ein Erstgespräch wurde berichtigt",
    "cases.void_first_talk": "Ein Erstgespräch wurde storniert",
    "cases.correct_information": "Die Aushändigung des Informationsblattes wurde berichtigt",
    "cases.void_information": "Die Aushändigung des Informationsblattes wurde storniert",
    "cases.correct_release_date": "Ein Entlassungsdatum wurde berichtigt",
    "cases.void_release_date": "Ein Entlassungsdatum wurde storniert",
    "cases.correct_custody": "Eine Haftzeit wurde berichtigt",
    "cases.void_custody": "Eine Haftzeit wurde storniert",
    "cases.correct_special_event": "Ein besonderes Ereignis wurde berichtigt",
    "cases.void_special_event": "Ein besonderes Ereignis wurde storniert",
    "cases.correct_alias": "Ein weiterer Name wurde berichtigt",
    "cases.correct_guardian": "Eine gesetzliche Vertretung wurde berichtigt",
    "cases.correct_date_notice": "Eine Mitteilung des Entlassungstermins wurde berichtigt",
    "cases.void_date_notice": "Eine Mitteilung des Entlassungstermins wurde storniert",
    "profiling.correct_profiling": "Ein Profiling wurde berichtigt",
    "profiling.void_profiling": "Ein Profiling wurde storniert",
    "profiling.correct_finding": "Eine Feststellung wurde berichtigt",
    "profiling.void_finding": "Eine Feststellung wurde storniert",
    "planning.correct_goal": "Ein Ziel wurde berichtigt",
    "planning.void_goal": "Ein Ziel wurde storniert",
    "planning.correct_step": "Ein Schritt des Plans wurde berichtigt",
    "planning.void_step": "Ein Schritt des Plans wurde storniert",
    "network.correct_referral": "Eine Vermittlung an eine andere Stelle wurde berichtigt",
    "network.void_referral": "Eine Vermittlung an eine andere Stelle wurde storniert",
    "network.correct_referral_act": "Ein Ereignis einer Vermittlung wurde berichtigt",
    "network.void_referral_act": "Ein Ereignis einer Vermittlung wurde storniert",
    "monitoring.correct_contact": "Ein Kontakt wurde berichtigt",
    "monitoring.void_contact": "Ein Kontakt wurde storniert",
    "monitoring.void_outcome": "Der Verbleib zu einem Stichtag wurde storniert",
    # facts without persons
    "institutions.add_institution": "Eine Einrichtung wurde angelegt",
    "institutions.change_institution": "Angaben zu einer Einrichtung wurden geändert",
    "institutions.close_institution": "Das Ende einer Einrichtung wurde eingetragen oder zurückgenommen",
    "institutions.end_region_service": "Die Beauftragung eines Trägers wurde beendet",
    "institutions.serve_region": "Ein Träger wurde für eine Region eingetragen",
    "institutions.set_coverage": "Die Kreise einer Stelle wurden festgelegt",
    "institutions.verify_institution": "Die Angaben zu einer Einrichtung wurden geprüft",
    "institutions.unverify_institution": "Die Prüfung einer Einrichtung wurde zurückgenommen",
    "reference.add_code": "Ein Listeneintrag wurde angelegt",
    "reference.correct_parameter": "Ein Wert wurde berichtigt",
    "reference.correct_term": "Die Bezeichnung eines Listeneintrags wurde berichtigt",
    "reference.edit_page": "Eine Seite (Impressum, Datenschutz, Hilfe …) wurde geändert",
    "reference.end_code": "Ein Listeneintrag wurde beendet",
    "reference.import_occupations": "Amtliche Berufslisten wurden geladen",
    "reference.import_places": "Ein Ortsverzeichnis wurde geladen",
    "reference.rename_code": "Ein Listeneintrag bekam einen neuen Namen",
    "reference.set_parameter": "Ein neuer Wert wurde eingetragen",
    # the installation itself
    "ops.drop_job": "Eine misslungene Hintergrundarbeit wurde verworfen",
    "ops.repeat_job": "Eine misslungene Hintergrundarbeit wurde wiederholt",
    "job.lapse_handovers": "Das Angebot einer Übergabe ist verfallen, niemand hat geantwortet",
    "job.remind_of_items": "In der Nacht wurde an Aufgaben und Fristen erinnert",
    "job.forget_drafts": "Alte Entwürfe wurden gelöscht",
    "job.forget_exports": "Alte Auszüge aus der Fallliste wurden gelöscht",
    "job.discard_lists": "Alte Gefangenenlisten wurden gelöscht",
    "job.compare_worklist": "Die Falllisten wurden mit den Fakten verglichen",
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
    "fallarbeit": Group("Fallarbeit", ("cases.", "agenda.", "profiling.", "planning.", "network.", "monitoring.")),
    "auswertung": Group("Auswertung", ("evaluation.",)),
    "anmeldung": Group("Anmeldung, eigenes Konto", ("login.", "account.")),
    "konten": Group("Verwaltung der Konten", ("accounts.",)),
    "stammdaten": Group("Einrichtungen, Werte, Listen", ("institutions.", "reference.")),
    "anlage": Group("Betrieb der Anlage", ("ops.", "job.")),
}


@dataclass(frozen=True)
class Notable:
    """What a check looks at first: the actions, of those only lines for one of ``reasons``, or for none of ``but``."""

    label: str
    meaning: str
    actions: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


# None of it is wrong by itself: each has lawful reasons, and each is where an unlawful one would hide.
NOTABLE = {
    "notfall": Notable(
        "im Notfall geöffnet",
        "Eine Akte ohne eigene Berechtigung für höchstens 24 Stunden geöffnet; die Leitung prüft es danach.",
        ("access.open_emergency_access",),
    ),
    "notfall-gelesen": Notable(
        "im Notfall gelesen", "Seiten einer Akte, die im Notfall geöffnet war.", ("read.file",), reasons=("EMERGENCY",)
    ),
    "nicht-zustaendig": Notable(
        "gelesen, ohne den Fall zu führen",
        "Leitung, Vertretung, Übergabe, Sozialdienst, Vermittlung oder Einwilligung: berechtigt, aber nicht zuständig.",
        ("read.file",),
        but=("ASSIGNMENT", "EMERGENCY"),
    ),
    "aussen": Notable(
        "außerhalb der eigenen Fälle gesucht",
        "Jede solche Suche nennt ihren Anlass; gezeigt wird nur, wen man fragen kann.",
        ("search.outside",),
    ),
    "ausgabe": Notable(
        "Daten ausgegeben", "Listen und Auszüge als Datei.", ("export.caseload", "cases.order_export", "export.trail")
    ),
    "anmeldung": Notable(
        "Anmeldung misslungen oder gesperrt",
        "Vertippt, vergessen oder jemand anderes.",
        ("login.failed", "login.factor_failed", "login.locked_out"),
    ),
    "zugang": Notable(
        "Zugang zurückgesetzt",
        "Neue Einladung oder gelöschte zweite Nachweise: danach kommt jemand ohne das alte Passwort oder Gerät herein.",
        ("accounts.renew_invitation", "accounts.reset_factors", "account.factor_removed"),
    ),
}


def group_of(action: str) -> str:
    """The key of the group that an action belongs to; empty for one of a former version."""
    return next((key for key, group in GROUPS.items() if action.startswith(group.prefixes)), "")
