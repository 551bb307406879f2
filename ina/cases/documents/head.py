"""What all papers of a case begin with: whom they are about, who wrote them, in which house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ina.access.models import Dossier
from ina.accounts.queries import display_names
from ina.base.actor import Person
from ina.base.errors import NotVisible
from ina.base.together import Read
from ina.cases.queries import CaseFile, get_file
from ina.documents.kinds import PaperRequest
from ina.institutions.queries import institution_by_id


def file_of(asked: PaperRequest, along: Iterable[Read] = ()) -> CaseFile:
    """The file as the one who wants the paper sees it. NotVisible when hidden."""
    dossier = Dossier.objects.visible_to(asked.actor).filter(pk=asked.dossier_id).first()
    if dossier is None:
        raise NotVisible()
    return get_file(asked.actor, dossier.number, today=asked.today, case_number=asked.case_number, along=along)


def head_of(asked: PaperRequest, file: CaseFile, title: str, *, version: str = "", grade: str = "Vertraulich") -> dict:
    """Head and foot of the paper: for the ``frame`` of ina.typ."""
    writer, office = _writer(asked)
    person = file.participant
    return {
        "title": title,
        "on": asked.today.isoformat(),
        "version": version,
        "case": f"{file.dossier.number}" + (f" / {file.case.number}" if file.case.number > 1 else ""),
        "name": person.full_name,
        "born": iso(person.born_on),
        "author": writer,
        "office": office,
        "grade": grade,
        "draft": asked.options.get("draft") == "ja",
    }


def _writer(asked: PaperRequest) -> tuple[str, list[str]]:
    if not isinstance(asked.actor, Person):
        return "INA", []
    house = institution_by_id(asked.actor.institution_id)
    return display_names([asked.actor.id])[asked.actor.id], ["Übergangsmanagement", house.name]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def german(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "–"


def pairs(*rows: tuple[str, Any]) -> list[list[str]]:
    """Names and values for ``facts``; what is not known is said."""
    return [[name, str(value) if value not in (None, "") else "nicht bekannt"] for name, value in rows]
