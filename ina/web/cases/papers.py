"""Blätter zum Unterschreiben: information sheet, participation agreement, consents; with name, number and version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.cases.queries import CaseFile, is_minor
from ina.institutions.queries import get_institution, institution_by_id
from ina.reference.dated_texts import with_facts
from ina.reference.queries import code_labels, get_page
from ina.web.shell.files import head_of, open_file
from ina.web.shell.markup import to_html
from ina.web.shell.pages import show
from ina.web.shell.views import TEXT_PAGES

# Where the front of a sheet ends: what stands from this heading on is printed on its back.
BACK = "## Genau gesagt"


@dataclass(frozen=True)
class Sheet:
    """A sheet. ``letter`` names it on the outside (file names, title), ``page`` is its editable text."""

    letter: str
    page: str
    said: str
    is_consent: bool = True

    @property
    def text_url(self) -> str:
        return TEXT_PAGES[self.page]


SHEETS = {
    "information": Sheet("I", "informationsblatt", "aushändigen und erklären, dann das Datum eintragen", False),
    "vereinbarung": Sheet("V", "teilnahmevereinbarung", "von beiden unterschreiben", False),
    "teilnahme": Sheet("E1", "einwilligung-teilnahme", "nötig für die Aufnahme"),
    "daten": Sheet("E2", "einwilligung-daten", "nötig für die Aufnahme"),
    "gesundheit": Sheet("E3", "einwilligung-gesundheit", "nur, wenn Angaben zur Gesundheit aufgeschrieben werden"),
    "termin": Sheet("E4", "einwilligung-termin", "für jede Stelle ein eigenes Blatt"),
}


# The sheet that is signed for one recipient: its key stands in the address (``?stelle=``), or its name is written in.
FOR_ONE = "termin"


def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Which sheets there are."""
    opened = open_file(request, number, "papers")
    pages = [(key, sheet, get_page(sheet.page)) for key, sheet in SHEETS.items()]
    return show(request, "cases/papers.html", {**head_of(opened, "documents"), "sheets": pages})


def paper_sheet(request: HttpRequest, number: str, sheet: str) -> HttpResponse:
    """One sheet, ready to print."""
    if sheet not in SHEETS:
        raise NotVisible()
    opened, today = open_file(request, number, "paper_sheet"), clock.today()
    chosen, recipient = SHEETS[sheet], _recipient(request, sheet)
    page = get_page(chosen.page)
    front, mark, back = with_facts(page.body, today).partition(BACK)
    person = opened.participant
    return show(
        request,
        "cases/paper_sheet.html",
        {
            **head_of(opened, "documents", today),
            "chosen": chosen,
            "page": page,
            "for_one": sheet == FOR_ONE,
            "recipient": recipient,
            "front": to_html(front),
            "back": to_html(mark + back) if back else "",
            "controllers": _controllers(opened),
            "minor": is_minor(person, today),
            "language": _language(person.language, today),
            "interpreter": person.needs_interpreter,
        },
    )


def _recipient(request: HttpRequest, sheet: str) -> str:
    key = request.GET.get("stelle", "")
    return get_institution(key).name if key and sheet == FOR_ONE else ""


def _controllers(opened: CaseFile) -> list[tuple[str, str]]:
    """Who is responsible in law, per phase (Art. 13 GDPR): the prison until the release, then the house that leads."""
    told = [("bis zur Entlassung", str(opened.custody.prison))] if opened.custody else []
    if opened.assignments:
        told.append(("ab der Entlassung", institution_by_id(opened.assignments[-1].membership.institution_id).name))
    return told


def _language(code: str, on: date) -> str:
    return code_labels("languages", on=on).get(code, code)
