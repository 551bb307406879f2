"""What a check of the trail looks at first."""

from __future__ import annotations

from dataclasses import dataclass


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
