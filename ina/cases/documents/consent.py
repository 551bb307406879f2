"""The two sheets of domain 7.5: consent to share, and release from professional secrecy. Separate on purpose.

Both are printed for a named recipient (option ``recipient``: key of an institution) or with a line for its name, and
are filled in by hand: what is ticked is then entered in the ledger. Page two says the details and carries the slip by
which the person takes it back.
"""

from __future__ import annotations

from typing import Any

from ina.access.enums import Compartment as C
from ina.base.errors import NotVisible
from ina.cases.documents.head import file_of, german, head_of
from ina.cases.queries import is_minor
from ina.documents.kinds import DocumentKind, Paper, PaperRequest
from ina.institutions.queries import get_institution, institution_by_id

# Version of the wording below; it stands on the sheet and is entered with the consent.
VERSION = "2026-1"

WHAT = (
    ("Name, Anschrift, Telefon", C.IDENTITY, ""),
    ("Entlassungstermin und Anstalt", C.CUSTODY, "Damit erfährt die Stelle, dass Sie in Haft sind oder waren."),
    ("Ausbildung, Arbeit, Kompetenzen", C.VOCATIONAL, "Beruf, Zeugnisse, Sprachen, Wünsche. Nie der Grund der Haft."),
    ("Ziele und Schritte im Plan", C.PLAN, ""),
    ("Gespräche und Termine", C.CONTACTS, ""),
    ("Arbeitsverhältnis", C.JOB, ""),
    ("Leistungen und Anträge", C.BENEFITS, ""),
    ("Gesundheit", C.HEALTH, "Nur zusammen mit einer Entbindung von der Schweigepflicht auf einem eigenen Blatt."),
)
SECRETS = (
    ("Gesundheit, soweit sie für Arbeit oder Hilfe wichtig ist", C.HEALTH, ""),
    ("Inhalt vertraulicher Gespräche", C.CONFIDENTIAL, "Was Sie einer Person mit Schweigepflicht anvertraut haben."),
)


def sharing_sheet(asked: PaperRequest) -> Paper:
    return _sheet(
        asked,
        title="Einwilligung",
        question="Darf {them} etwas über Sie erfahren? Sie entscheiden.",
        short=(
            "Sie können Nein sagen. Das hat keine Nachteile, weder in Haft noch danach.",
            "Ohne Ihr Kreuz bei „ja“ geben wir nichts weiter. Kein Kreuz heißt Nein.",
            "Sie können Ihr Ja jederzeit zurücknehmen. Ein Anruf oder der Zettel auf Seite 2 genügt.",
        ),
        rows=WHAT,
        direction=("wir teilen mit", "wir erfragen", "beide Seiten"),
        details=(
            ("Auf welcher Grundlage?", "Ihre Einwilligung: Artikel 6 Absatz 1 Buchstabe a, bei Gesundheit Artikel 9 "
             "Absatz 2 Buchstabe a Datenschutz-Grundverordnung; in Haft § 4 JVollzDSG NRW. Sie entbindet "
             "niemanden von der Schweigepflicht. Dafür gibt es ein eigenes Blatt."),
        ),
        back="Meine Einwilligung",
        file_name="Einwilligung",
    )  # fmt: skip


def secrecy_sheet(asked: PaperRequest) -> Paper:
    return _sheet(
        asked,
        title="Entbindung von der Schweigepflicht",
        question="Darf das Übergangsmanagement mit {them} über Vertrauliches sprechen?",
        short=(
            "Wer Schweigepflicht hat, muss schweigen. Nur Sie können erlauben zu sprechen.",
            "Sie bestimmen, worüber. Kein Kreuz heißt: Es bleibt vertraulich.",
            "Sie können Nein sagen. Sie können Ihr Ja jederzeit zurücknehmen. Beides hat keine Nachteile.",
        ),
        rows=SECRETS,
        direction=("wir dürfen sprechen", "die Stelle darf uns antworten", "beide Seiten"),
        details=(
            ("Auf welcher Grundlage?", "§ 203 Strafgesetzbuch: Berufe mit Schweigepflicht sprechen nur mit Ihrer "
             "Erlaubnis. Das ist etwas anderes als eine Einwilligung in die Weitergabe von Daten; "
             "für Angaben zur Gesundheit braucht es beides."),
        ),
        back="Meine Entbindung von der Schweigepflicht",
        file_name="Schweigepflicht",
    )  # fmt: skip


def _sheet(
    asked: PaperRequest,
    *,
    title: str,
    question: str,
    short: tuple[str, ...],
    rows: tuple[tuple[str, C, str], ...],
    direction: tuple[str, ...],
    details: tuple[tuple[str, str], ...],
    back: str,
    file_name: str,
) -> Paper:
    file = file_of(asked)
    head = head_of(asked, file, title, version=VERSION)
    them = _recipient(asked.options.get("recipient", ""))
    house = _house(file)
    return Paper(
        title=f"{title}: {them}" if them else title,
        file_name=f"{file_name}_{file.dossier.number}",
        data=head
        | {
            "question": question.format(them=them or "die unten genannte Stelle"),
            "short": list(short),
            "recipient": them,
            "birth": german(file.participant.born_on),
            "what": [{"name": name, "more": more} for name, _, more in rows],
            "direction": list(direction),
            "minor": is_minor(file.participant, asked.today),
            "back": back,
            "to": house,
            "details": [
                ["Wer ist verantwortlich?", f"In Haft die Anstalt, nach der Entlassung: {house}. Nach der Übermittlung "
                 "ist die Stelle für ihre Daten selbst verantwortlich."],
                *[list(each) for each in details],
                ["Was passiert, wenn ich Nein sage?", "Diese Stelle kann dann nicht oder weniger gut helfen. "
                 "Alles andere läuft weiter. Niemand darf Sie deshalb schlechter behandeln."],
                ["Was passiert, wenn ich mein Ja zurücknehme?", "Ab dem Eingang geben wir nichts weiter und sperren "
                 "offene Zugänge. Wir bitten die Stelle, die Daten zu löschen. Was vorher erlaubt geschah, bleibt "
                 "erlaubt."],
                ["Wie lange wird das Blatt aufbewahrt?", "Es bleibt als Nachweis in der Akte, bis die Akte gelöscht "
                 "wird."],
                ["Welche Rechte habe ich?", "Sie können Auskunft, Berichtigung, Löschung und Einschränkung verlangen. "
                 "Sie können sehen, wer Ihre Akte gelesen hat. Sie können sich bei der Landesbeauftragten für "
                 "Datenschutz und Informationsfreiheit NRW beschweren."],
            ],
        },
    )  # fmt: skip


def _recipient(key: str) -> str:
    if not key:
        return ""
    try:
        return get_institution(key).name
    except NotVisible:
        return ""


def _house(file: Any) -> str:
    if not file.assignments:
        return "das Übergangsmanagement"
    return institution_by_id(file.assignments[-1].membership.institution_id).name


KINDS = (
    DocumentKind(
        key="cases.consent_sheet",
        label="Einwilligung zur Weitergabe",
        template="cases/papers/consent.typ",
        compartments=C.CASE | C.IDENTITY | C.CONSENT,
        build=sharing_sheet,
        said="je Stelle eines, von der Person anzukreuzen und zu unterschreiben",
        many=True,
    ),
    DocumentKind(
        key="cases.secrecy_sheet",
        label="Entbindung von der Schweigepflicht",
        template="cases/papers/consent.typ",
        compartments=C.CASE | C.IDENTITY | C.CONSENT,
        build=secrecy_sheet,
        said="nur für Vertrauliches und Gesundheit, zusätzlich zur Einwilligung",
        many=True,
    ),
)
