"""„Meine Mappe“: the release-day folder as one paper that needs no telephone, in plain language.

Two kinds, because the second tells of health: the note on medication goes in only with a release from secrecy.
"""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Any

from ina.access.enums import Compartment as C
from ina.access.enums import ConsentPurpose
from ina.access.queries import list_consents
from ina.access.sharing import holds
from ina.base.errors import NotVisible, Refused
from ina.cases.documents.head import file_of, head_of
from ina.documents.kinds import DocumentKind, Paper, PaperRequest, register_kind
from ina.institutions.queries import institution_by_id
from ina.monitoring.enums import FolderPart
from ina.monitoring.folder import Line, Meeting, days_of
from ina.monitoring.queries.folder import Folder, read_folder

TITLE = "Meine Mappe"
# Numbers that hold for everybody in Germany, free of charge.
FOR_ALL = (
    ("Telefonseelsorge", "Reden, ohne Namen, kostenlos · Tag und Nacht", "0800 1110111"),
    ("Arzt, wenn die Praxis zu ist", "kostenlos · Tag und Nacht", "116117"),
    ("Notruf", "Feuer, Unfall, Lebensgefahr · Tag und Nacht", "112"),
)


def folder_paper(asked: PaperRequest, *, medication: bool = False) -> Paper:
    """Refused without a planned day.

    With ``medication``: NotVisible without a note on it, Refused without a release from secrecy that holds after the
    gate.
    """
    file = file_of(asked)
    folder = read_folder(asked.actor, file.case, asked.today)
    if folder.release is None:
        raise Refused("Für die Mappe braucht es einen Planungstermin der Entlassung.")
    note = folder.one(FolderPart.MEDICATION) if medication else None
    if medication:
        if note is None:
            raise NotVisible()
        _require_release_from_secrecy(asked, folder)
    days = days_of(folder.lines, folder.meetings, folder.release)
    return Paper(
        title=TITLE,
        file_name="Meine_Mappe",
        data=head_of(asked, file, TITLE, grade=f"Gehört {file.participant.full_name}")
        | {
            "office": _office(file),
            "leader": folder.leader,
            "phone": _call(folder),
            "start": folder.release.isoformat(),
            "first": _cover(folder),
            "days": [
                {
                    "on": on.isoformat(),
                    "hours": [
                        {
                            "at": clock(one.at),
                            "what": one.what,
                            "how": one.how,
                            "must": one.must,
                            "meeting": one.meeting,
                        }
                        for one in hours
                    ],
                }
                for on, hours in days
            ],
            "meetings": [_meeting(one, folder.way_to(one)) for one in folder.meetings],
            "papers": [
                {"slot": line.slot, "what": line.title, "where": line.detail} for line in folder.of(FolderPart.PAPER)
            ],
            "medication": {"what": note.title, "more": note.detail} if note else None,
            "money": [_money(line) for line in folder.of(FolderPart.MONEY)],
            "sum": float(sum(line.amount or 0 for line in folder.of(FolderPart.MONEY))),
            "paid": [" ".join(filter(None, (line.title, line.detail))) for line in folder.of(FolderPart.PAID)],
            "week": _week(folder.one(FolderPart.WEEK)),
            "numbers": _numbers(folder),
            "mishaps": _mishaps(folder),
            "checks": [
                {"on": row.on.isoformat(), "missing": " ".join(row.missing) or "nichts", "by": row.by}
                for row in folder.checks[-4:]
            ],
        },
    )


def clock(at: time | None) -> str:
    return f"{at:%H:%M}".lstrip("0") if at else ""


def _office(file: Any) -> list[str]:
    """The neutral name of the house that leads the case, if it has one."""
    if not file.assignments:
        return []
    name = institution_by_id(file.assignments[-1].membership.institution_id).neutral_name
    return [name] if name else []


def _call(folder: Folder) -> str:
    """The number that helps: of the house that leads the case, else the first that was entered; empty: none."""
    return folder.phone or next((line.phone for line in folder.of(FolderPart.NUMBER)), "")


def _cover(folder: Folder) -> list[dict[str, str]]:
    place, way = folder.one(FolderPart.PLACE), folder.one(FolderPart.FIRST_WAY)
    return [
        {"question": question, "answer": line.title if line else "", "more": line.detail if line else ""}
        for question, line in (("Wo schlafe ich heute?", place), ("Wohin zuerst?", way))
    ] + [{"question": "Wer hilft, wenn etwas schiefgeht?", "answer": _call(folder), "more": folder.leader}]


def _meeting(one: Meeting, way: Line | None) -> dict[str, str]:
    return {
        "on": one.on.isoformat(),
        "at": f"{clock(one.at)} Uhr" if one.at else "",
        "what": one.title,
        "who": one.others,
        "place": one.place,
        "way": way.detail if way else "",
        "bring": way.title if way else "Ausweis, diese Mappe",
    }


def _money(line: Line) -> dict[str, Any]:
    return {"what": line.title, "when": line.detail, "amount": float(line.amount or 0)}


def _week(line: Line | None) -> dict[str, Any] | None:
    return {"amount": float(line.amount or 0), "more": " ".join((line.title, line.detail))} if line else None


def _numbers(folder: Folder) -> list[dict[str, str]]:
    own = [(folder.leader, "Übergangsmanagement. Für alles.", folder.phone)] if folder.phone else []
    entered = [(line.title, line.detail, line.phone) for line in folder.of(FolderPart.NUMBER)]
    return [{"name": name, "what": what, "phone": phone} for name, what, phone in (*own, *entered, *FOR_ALL)]


def _mishaps(folder: Folder) -> list[tuple[str, str]]:
    call = _call(folder) or "die Nummer auf Blatt 6"
    fallback = folder.one(FolderPart.FALLBACK)
    bed = ", ".join(filter(None, (fallback.title, fallback.detail))) if fallback else ""
    return [
        ("Niemand holt mich ab.", f"Dort warten. Um einen Anruf bitten: {call}."),
        (
            "Das Zimmer ist nicht frei.",
            f"Nicht weggehen. Anrufen: {call}." + (f" Ersatz für die Nacht: {bed}." if bed else ""),
        ),
        ("Ich verpasse einen Termin.", "Am selben Tag anrufen. Sagen: „Ich möchte einen neuen Termin.“ Beim Jobcenter "
         "ist das besonders wichtig."),
        ("Das Jobcenter sagt Nein.", "Nicht streiten. Um einen schriftlichen Bescheid bitten. Uns anrufen. Sie haben "
         "einen Monat Zeit für einen Widerspruch."),
        ("Ärger bei der Arbeit.", f"Nicht weglaufen, nicht kündigen. Anrufen: {call}."),
        ("Geld weg oder gestohlen.", "Anrufen. Am nächsten Morgen zum Jobcenter, nach Hilfe für Essen fragen."),
        ("Mir geht es schlecht. Der Druck wird zu groß.", "Mit jemandem reden, auch nachts: Telefonseelsorge "
         "0800 1110111. Bei Lebensgefahr: 112."),
    ]  # fmt: skip


def _require_release_from_secrecy(asked: PaperRequest, folder: Folder) -> None:
    assert folder.release
    if not any(
        each.purpose == ConsentPurpose.SECRECY and holds(each, asked.today, folder.release)
        for each in list_consents(asked.actor, asked.dossier_id)
    ):
        raise Refused("Die Medikamente stehen nur in der Mappe, wenn eine Entbindung von der Schweigepflicht vorliegt.")


TOLD = C.CASE | C.IDENTITY | C.PLAN | C.CONTACTS
KINDS = (
    DocumentKind(
        key="monitoring.folder",
        label="Entlassungsmappe",
        template="monitoring/papers/folder.typ",
        compartments=TOLD,
        build=folder_paper,
        said="für die Person: die ersten 72 Stunden, Termine und Wege, Papiere, Geld, Nummern",
    ),
    DocumentKind(
        key="monitoring.folder_medication",
        label="Entlassungsmappe mit Medikamenten",
        template="monitoring/papers/folder.typ",
        compartments=TOLD | C.HEALTH | C.CONSENT,
        build=partial(folder_paper, medication=True),
        said="nur mit Entbindung von der Schweigepflicht",
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
