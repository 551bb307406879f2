"""Sheets that people read and sign: information sheet and participation agreement. Their texts are editable pages."""

from __future__ import annotations

import re
from typing import Any

from ina.access.enums import Compartment as C
from ina.cases.documents.head import file_of, german, head_of
from ina.cases.queries import CaseFile, is_minor
from ina.documents.kinds import DocumentKind, Paper, PaperRequest
from ina.institutions.queries import institution_by_id
from ina.reference.dated_texts import with_facts
from ina.reference.queries import code_labels, get_page
from ina.reference.texts import parts_of

MARKS = re.compile(r"\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\([^()\s]+\)")


def information_sheet(asked: PaperRequest) -> Paper:
    """What is done with the data, who is responsible, which rights there are (Art. 13 GDPR, § 11 JVollzDSG NRW)."""
    return _sheet(asked, "informationsblatt", "Informationsblatt", "Das Blatt wurde mir erklärt.")


def participation_agreement(asked: PaperRequest) -> Paper:
    """What both agree on (domain 7.4 b): signed by both, for minors by who represents them too."""
    return _sheet(
        asked,
        "teilnahmevereinbarung",
        "Teilnahmevereinbarung",
        "Die Vereinbarung wurde mir erklärt. Ich habe ein Stück davon bekommen.",
        both=True,
    )


def _sheet(asked: PaperRequest, slug: str, file_name: str, said: str, *, both: bool = False) -> Paper:
    file, page = file_of(asked), get_page(slug)
    head = head_of(asked, file, page.title, version=str(page.version))
    person = file.participant
    signers = [{"name": person.full_name, "role": "Teilnehmer/in"}]
    if is_minor(person, asked.today):
        signers.append({"name": "gesetzliche Vertretung", "role": "unterschreibt mit"})
    if both:
        signers.append({"name": head["author"], "role": "Übergangsmanagement"})
    return Paper(
        title=page.title,
        file_name=f"{file_name}_{file.dossier.number}",
        data=head
        | {
            "about": _about(file),
            "parts": [_part(part) for part in parts_of(with_facts(page.body, asked.today))],
            "said": said,
            "language": code_labels("languages", on=asked.today).get(person.language, person.language),
            "interpreter": person.needs_interpreter,
            "signers": signers,
        },
    )


def _part(part: Any) -> dict[str, Any]:
    lines = [MARKS.sub(lambda found: next(filter(None, found.groups())), line) for line in part.lines]
    return {"kind": part.kind, "level": part.level, "lines": lines}


def _about(file: CaseFile) -> list[list[str]]:
    """The person, and who is responsible in law, per phase (Art. 13 GDPR)."""
    told = [["Es geht um", file.participant.full_name], ["geboren", german(file.participant.born_on)]]
    if file.custody:
        told.append(["verantwortlich bis zur Entlassung", str(file.custody.prison)])
    if file.assignments:
        house = institution_by_id(file.assignments[-1].membership.institution_id)
        told.append(["verantwortlich ab der Entlassung", house.name])
    return told


KINDS = (
    DocumentKind(
        key="cases.information",
        label="Informationsblatt zum Datenschutz",
        template="cases/papers/sheet.typ",
        compartments=C.CASE | C.IDENTITY | C.CUSTODY,
        build=information_sheet,
        said="aushändigen und erklären",
    ),
    DocumentKind(
        key="cases.agreement",
        label="Teilnahmevereinbarung",
        template="cases/papers/sheet.typ",
        compartments=C.CASE | C.IDENTITY | C.CUSTODY | C.CONSENT,
        build=participation_agreement,
        said="von beiden unterschreiben",
    ),
)
