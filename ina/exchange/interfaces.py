"""What this version exchanges with other systems, told truthfully: by file, switched off, or not at all.

A registry in code, because it says what the code can do; when something was last used stands in the trail.
Sources: domain 10 (no shared system), peers (exchange formats of the Federal Employment Agency).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection


class Status(StrEnum):
    """How a system is connected in this version."""

    FILE = "FILE"
    ON = "ON"
    OFF = "OFF"
    NONE = "NONE"

    @property
    def label(self) -> str:
        return {"FILE": "über Dateien", "ON": "eingeschaltet", "OFF": "ausgeschaltet", "NONE": "nicht verbunden"}[self]

    @property
    def mark(self) -> str:
        return {"FILE": "done", "ON": "done", "OFF": "na", "NONE": "open"}[self]


@dataclass(frozen=True)
class Interface:
    """comes_in, goes_out: in words, empty for nothing. actions: of the trail, which say when it was last used.
    instead: what people do while it is not connected."""

    name: str
    owner: str
    status: Status
    comes_in: str = ""
    goes_out: str = ""
    instead: str = ""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    one: Interface
    last_used: datetime | None


def interfaces(*, mail_is_on: bool) -> tuple[Interface, ...]:
    """All that somebody may expect. mail_is_on: whether the administration switched the mail server on."""
    return (
        Interface(
            "BASIS-Web",
            "Justizvollzug",
            Status.FILE,
            comes_in="Gefangenenliste als CSV oder Excel, von Hand hochgeladen; jede Zeile wird geprüft und gewählt",
            instead="Haftdaten und Strafzeit werden abgeschrieben, mit Quelle und Tag.",
            actions=("cases.stage_prison_list",),
        ),
        Interface(
            "SoPart",
            "Soziale Dienste der Justiz",
            Status.NONE,
            instead="Vollzugsplan und Beiträge werden gedruckt oder abgeschrieben.",
        ),
        Interface(
            "VerBIS und Fachverfahren der Jobcenter",
            "Bundesagentur für Arbeit, Kommunen",
            Status.NONE,
            instead="Übermittlungen an die Stelle, siehe unten.",
        ),
        Interface(
            "EMAW (eM@w)",
            "Bundesagentur für Arbeit",
            Status.NONE,
            instead="An- und Abmeldungen von Maßnahmen meldet der Träger selbst.",
        ),
        Interface(
            "ESF-Portal",
            "Arbeitsministerium, ESF-Behörde",
            Status.NONE,
            instead="Die Angaben bei Eintritt stehen im Aufnahmebogen und werden von dort übertragen.",
        ),
        Interface(
            "Jobbörse",
            "Bundesagentur für Arbeit",
            Status.NONE,
            instead="Stellen werden außerhalb gesucht.",
        ),
        Interface(
            "Amtliche Berufslisten",
            "Bundesagentur für Arbeit",
            Status.FILE,
            comes_in="KldB 2010, Berufe und Kompetenzen als Dateien, von der Systemverwaltung geladen",
            actions=("reference.import_occupations",),
        ),
        Interface(
            "Ortsverzeichnis",
            "frei verfügbare Liste der Postleitzahlen",
            Status.FILE,
            comes_in="Postleitzahlen, Orte und Kreise als Datei",
            actions=("reference.import_places",),
        ),
        Interface(
            "Listen laufender Fälle",
            "Träger (Excel)",
            Status.FILE,
            comes_in="laufende Fälle aus einer Tabelle, einmal bei der Einführung",
            goes_out="Fallliste als CSV oder Excel, nur was man selbst sieht",
            actions=("cases.stage_running_cases", "cases.order_export"),
        ),
        Interface(
            "Listen von Angeboten",
            "Netzwerkbüros, Träger (Excel)",
            Status.FILE,
            comes_in="Angebote der Stellen als CSV oder Excel, mit Vorschau",
            goes_out="Angebote als CSV, wie die Suche sie findet",
            actions=("network.import_offers",),
        ),
        Interface(
            "Übermittlungen an Stellen",
            "ina selbst",
            Status.ON,
            comes_in="Zusage, Absage oder Rückfrage der Stelle",
            goes_out="was die Person erlaubt hat, als Abbild: in den Eingang, hinter einem Link mit Code, als Brief",
            actions=("network.release_disclosure",),
        ),
        Interface(
            "Mail an Stellen ohne Konto",
            "eigener Mailserver",
            Status.ON if mail_is_on else Status.OFF,
            goes_out="nur der Hinweis, dass eine Nachricht wartet, und ihre Adresse; nichts über eine Person",
            instead="" if mail_is_on else "Die Adresse wird am Telefon genannt.",
            actions=("network.deliver_waiting",),
        ),
    )


def told(found: tuple[Interface, ...]) -> list[Shown]:
    """With the last use by anybody; one statement."""
    actions = sorted({action for one in found for action in one.actions})
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, at FROM audit_last_uses(%s)", [actions])
        last = dict(cursor.fetchall())
    return [
        Shown(one, max((at for action in one.actions if (at := last.get(action)) is not None), default=None))
        for one in found
    ]
