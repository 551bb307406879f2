"""Papers for those who come next: hand-over protocol, and the sheet that goes along when somebody is transferred."""

from __future__ import annotations

from typing import Any

from ina.access.enums import Compartment as C
from ina.access.queries import list_consents
from ina.agenda.enums import ItemState
from ina.agenda.queries import list_items
from ina.base.errors import NotVisible
from ina.cases.documents.head import file_of, german, head_of, iso, pairs
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.queries import CaseFile, story_reads
from ina.cases.queries.events import last_transfer
from ina.cases.queries.handovers import list_handovers
from ina.cases.queries.people import list_guardians
from ina.cases.steps import MarkState, story_of
from ina.documents.kinds import DocumentKind, Paper, PaperRequest
from ina.reference.queries import code_labels

TO_COME = (MarkState.LATE, MarkState.DUE, MarkState.OPEN, MarkState.RUNNING)


def handover_protocol(asked: PaperRequest) -> Paper:
    """The newest hand-over (domain 7.14): what is open and due, what was allowed. NotVisible when there is none."""
    file = file_of(asked)
    rows = list_handovers(asked.actor, file.case, today=asked.today)
    if not rows:
        raise NotVisible()
    row = rows[0]
    until = f"Antwort bis {german(row.answer_by)}"
    if row.takes_effect_on:
        until = f"zuständig ab {german(row.takes_effect_on)}"
    return Paper(
        title="Übergabeprotokoll",
        file_name=f"Uebergabeprotokoll_{file.dossier.number}",
        data=head_of(asked, file, "Übergabeprotokoll")
        | {
            "about": _about(file),
            "handed": pairs(
                ("gibt ab", f"{row.giver}, {row.giver_place}" if row.giver else "niemand, bisher ohne Fallführung"),
                ("übernimmt", f"{row.receiver}, {row.receiver_place}"),
                ("Stand", f"{row.state.label}, {until}"),
                ("Anlass", row.kind.label + (f": {row.prison}" if row.prison else "")),
                ("Grund", row.reason),
            ),
            "with_confidential": row.with_confidential,
            "message": row.message,
            **_going_on(asked, file),
            "signers": [
                {"name": row.giver or "Teamleitung", "role": "gibt ab"},
                {"name": row.receiver, "role": "übernimmt"},
            ],
        },
    )


def transfer_sheet(asked: PaperRequest) -> Paper:
    """What the next prison and whoever goes on there must know at once: release, what runs, what is due, whom to call.

    For the receiving social service: § 14 JVollzDSG NRW covers what is needed for enforcement, no confidential notes.
    """
    file = file_of(asked, along=story_reads())
    moved = last_transfer(asked.actor, file.case)
    story = story_of(file, asked.today)
    running = [
        {"step": step.label, "what": mark.label, "on": iso(mark.on), "late": mark.state is MarkState.LATE}
        for step, marks in story.marks.items()
        for mark in marks
        if mark.state in TO_COME
    ]
    return Paper(
        title="Verlegungsbogen",
        file_name=f"Verlegungsbogen_{file.dossier.number}",
        data=head_of(asked, file, "Verlegungsbogen")
        | {
            "about": _about(file),
            "moved": pairs(
                ("verlegt am", german(moved.happened_on) if moved else "noch nicht eingetragen"),
                ("Anstalt", file.custody.prison if file.custody else ""),
                ("Abteilung, Haus", file.custody.department if file.custody else ""),
                ("Fallführung bisher", file.responsible),
                ("Sprache", code_labels("languages", on=asked.today).get(file.participant.language, "")),
                ("Dolmetschen nötig", "ja" if file.participant.needs_interpreter else "nein"),
            ),
            "running": sorted(running, key=lambda row: str(row["on"])),
            "guardians": [
                [one.name, one.relation, one.contact]
                for one in list_guardians(asked.actor, file.dossier.pk, asked.today)
            ],
            **_going_on(asked, file),
        },
    )


def _about(file: CaseFile) -> list[list[str]]:
    custody = file.custody
    return pairs(
        ("Es geht um", file.participant.full_name),
        ("geboren", german(file.participant.born_on)),
        ("Anstalt, Buchnummer", f"{custody.prison}, {custody.booking_number or 'ohne Nummer'}" if custody else "–"),
        ("Stand", file.label),
    )


def _going_on(asked: PaperRequest, file: CaseFile) -> dict[str, Any]:
    """Release, open items and consents, as far as the reader sees them."""
    items = list_items(asked.actor, file.dossier.pk, file.case.number, asked.today)
    consents = [each for each in list_consents(asked.actor, file.dossier.pk) if each.runs_on(asked.today)]
    return {
        "released": iso(file.released_on),
        "aftercare_ends": iso(file.aftercare_ends),
        "claims": [
            {
                "on": iso(claim.on),
                "planned": claim.on == file.planning_date,
                "kind": HypothesisKind(claim.kind).label,
                "status": HypothesisStatus(claim.status).label,
                "source": f"{claim.source}, {german(claim.asserted_on)}",
            }
            for claim in file.hypotheses
            if claim.status != HypothesisStatus.DROPPED
        ],
        "items": [
            {"on": iso(item.due_on), "what": item.title, "detail": item.detail, "who": item.responsible}
            for item in items
            if item.state is ItemState.OPEN
        ],
        "consents": [
            {
                "what": each.get_purpose_display() + (f": {each.recipient}" if each.recipient_id else ""),
                "on": iso(each.given_on),
                "version": each.text_version,
            }
            for each in consents
        ],
    }


KINDS = (
    DocumentKind(
        key="cases.handover",
        label="Übergabeprotokoll",
        template="cases/papers/handover.typ",
        compartments=C.CASE | C.IDENTITY | C.CUSTODY | C.PLAN | C.CONSENT,
        build=handover_protocol,
        said="bei einem Wechsel der Fallführung",
    ),
    DocumentKind(
        key="cases.transfer_sheet",
        label="Verlegungsbogen",
        template="cases/papers/transfer.typ",
        compartments=C.CASE | C.IDENTITY | C.CUSTODY | C.PLAN | C.CONSENT,
        build=transfer_sheet,
        said="geht bei einer Verlegung mit",
    ),
)
