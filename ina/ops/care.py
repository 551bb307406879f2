"""What no program can do for an installation: back it up, fill in its texts, keep its directory. It can remind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings

from ina.base import clock
from ina.base.errors import NotVisible
from ina.institutions.directory import count_standings
from ina.institutions.enums import Standing
from ina.ops.checks import Check, State, moment
from ina.reference.catalogue import count_places
from ina.reference.queries import get_page

# Whoever backs up touches this file in the data folder afterwards; its age is what can be known here.
BACKUP = "last_backup"
OLD_BACKUP, NO_BACKUP = timedelta(days=2), timedelta(days=8)
# Texts that the operator of an installation must fill in, and the mark of what is open in them.
TO_FILL = {"impressum": "Impressum", "datenschutz": "Datenschutz", "barrierefreiheit": "Barrierefreiheit"}
OPEN = ("(einzutragen)", "einzutragen)")


def check_backup(now: datetime) -> Check:
    label, file = "Sicherung", settings.INA_HOME / BACKUP
    if settings.DEMO:
        return Check("backup", label, State.OK, "In der Vorführung ist nichts zu sichern.")
    advice = (
        f"Datenbank und Schlüssel getrennt sichern, danach die Datei {BACKUP} in der Datenablage neu anlegen (touch)."
    )
    if not file.exists():
        return Check("backup", label, State.WARN, "ina weiß von keiner Sicherung", advice)
    made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    if now - made > OLD_BACKUP:
        state = State.FAIL if now - made > NO_BACKUP else State.WARN
        return Check("backup", label, state, f"zuletzt {moment(made)}", advice)
    return Check("backup", label, State.OK, f"zuletzt {moment(made)}")


def check_texts(now: datetime) -> Check:
    label = "Texte des Betreibers"
    open_ones = [title for slug, title in TO_FILL.items() if _has_gaps(slug)]
    if open_ones:
        return Check(
            "texts",
            label,
            State.OK if settings.DEMO else State.WARN,
            f"noch nicht ausgefüllt: {', '.join(open_ones)}",
            "Auf der Seite unten „bearbeiten“ öffnen und ergänzen, was mit „(einzutragen)“ markiert ist.",
        )
    return Check("texts", label, State.OK, "Impressum, Datenschutz und Barrierefreiheit sind ausgefüllt")


def check_directory(now: datetime) -> Check:
    """Offices change their numbers: what nobody looked at for months is told as it is."""
    counts = count_standings(on=clock.day_of(now))
    total, checked = sum(counts.values()), counts[Standing.CHECKED]
    found = f"{checked} von {total} Einträgen sind geprüft"
    if checked < total:
        return Check(
            "directory", "Verzeichnis", State.WARN, found, "Einrichtungen › Zu prüfen; wer pflegt, steht beim Eintrag."
        )
    return Check("directory", "Verzeichnis", State.OK, found)


def check_places(now: datetime) -> Check:
    counts = count_places()
    if not counts.postcodes:
        return Check(
            "places",
            "Ortsverzeichnis",
            State.WARN,
            "nicht geladen; zuständige Stellen folgen nur aus dem Kreis",
            "script/ina import_places DATEI --as BENUTZERNAME (CSV oder XLSX mit plz, ort, ags).",
        )
    return Check("places", "Ortsverzeichnis", State.OK, f"{counts.postcodes} Postleitzahlen")


def _has_gaps(slug: str) -> bool:
    try:
        body = get_page(slug).body
    except NotVisible:
        return True
    return any(mark in body for mark in OPEN)
