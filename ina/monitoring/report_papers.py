"""Reports on paper: aftercare at its points, the closing report, its neutral short form, and the interview sheet.

What is in the file already (contacts, goals, crises, where somebody stands in work) is taken from there, not written
again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ina.access.enums import Compartment as C
from ina.base.actor import Person
from ina.base.errors import NotVisible, Refused
from ina.cases.documents.head import file_of, german, head_of, pairs
from ina.cases.enums import Act
from ina.cases.queries import CaseFile
from ina.documents.kinds import DocumentKind, Paper, PaperRequest, register_kind
from ina.institutions.queries import institution_by_id
from ina.monitoring.enums import ContactOutcome, CrisisStep, Initiative
from ina.monitoring.models import AftercareReport, ClosingReport
from ina.monitoring.operations import TEXTS
from ina.monitoring.queries import (
    CONTACT_KINDS,
    CaseAppointment,
    list_contacts,
    list_crises,
    outcome_points,
    read_aftercare,
)
from ina.monitoring.queries.own import Behind, read_own
from ina.planning.queries import current_plan
from ina.profiling.queries import list_profilings
from ina.reference.queries import code_labels

LINE = "_" * 40
TOPICS = (
    "Arbeit", "Ausbildung, Lehrgang", "Bewerbung", "Wohnen", "Papiere", "Geld, Leistungen", "Schulden", "Familie",
    "Mobilität", "Aufsicht, Bewährung", "Verhalten, Streit", "anderes",
)  # fmt: skip


def aftercare_report(asked: PaperRequest) -> Paper:
    """Option „monate“: of which point; else the last one written. NotVisible without one."""
    file = file_of(asked)
    found = read_aftercare(asked.actor, file, asked.today)
    wanted = asked.options.get("monate", "")
    written = [one for one in found.points if one.report and wanted in ("", str(one.months))]
    if not written:
        raise NotVisible()
    report: AftercareReport = written[-1].report  # type: ignore[assignment]
    title = f"Nachsorgebericht nach {report.months} {'Monat' if report.months == 1 else 'Monaten'}"
    return Paper(
        title=title,
        file_name=f"Nachsorgebericht_{file.dossier.number}_{report.months}",
        data=head_of(asked, file, title)
        | {
            "about": pairs(
                ("entlassen", german(file.released_on)),
                ("Stand am", german(written[-1].due_on)),
                ("geschrieben am", german(report.written_on)),
                ("Fallführung", file.responsible),
                ("Kontakte seit der Entlassung", found.met),
                ("vergebliche Versuche", found.attempts),
            ),
            "sections": [*_texts(report, TEXTS), *_goals(asked, file), *_crises(asked, file)]
            + ([{"title": "Profiling", "lines": ["Ein neues Profiling ist nötig."]}] if report.reprofiling else []),
            "signers": [],
        },
    )


def closing_report(asked: PaperRequest) -> Paper:
    """The long version, for the file. NotVisible before it is written."""
    file, report = _closing(asked)
    contacts = [row for row in list_contacts(asked.actor, file.case, today=asked.today) if row.outcome.is_contact]
    hours = sum(row.minutes or 0 for row in contacts) / 60
    profilings = list_profilings(asked.actor, file.case)
    return Paper(
        title="Abschlussbericht",
        file_name=f"Abschlussbericht_{file.dossier.number}",
        data=head_of(asked, file, "Abschlussbericht")
        | {
            "about": pairs(
                ("begleitet seit", german(_first_day(file))),
                ("entlassen", german(file.released_on)),
                ("beendet am", german(_ended_on(file))),
                ("Grund", _reason(file, asked.today)),
                ("Kontakte", f"{len(contacts)}, zusammen {hours:.1f} Stunden".replace(".", ",")),
                ("Profilings", len(profilings)),
            ),
            "sections": [
                *_texts(report, ("summary",)),
                *_goals(asked, file),
                *_outcomes(asked, file),
                *_crises(asked, file),
                *_texts(report, ("remaining_need", "handed_to", "feedback", "recommendation")),
            ],
            "signers": [
                {"name": file.participant.full_name, "role": "Teilnehmer/in"},
                {"name": file.responsible, "role": "Übergangsmanagement"},
            ],
        },
    )


def closing_note(asked: PaperRequest) -> Paper:
    """The short version that may leave the house: from when to when, where the person stands in work, who goes on.

    Nothing of custody, of the programme or of what was discussed; it goes through the leak check before it is kept.
    """
    file, report = _closing(asked)
    title, house = "Abschlussmitteilung", house_of(file)
    if house is not None and not house.neutral_name:
        raise Refused("Für die Kurzfassung braucht Ihre Stelle einen neutralen Namen. Den trägt die Verwaltung ein.")
    known = [point for point in outcome_points(asked.actor, file, asked.today) if point.category_label]
    return Paper(
        title=title,
        file_name=title,
        data=neutral_head(asked, file, title)
        | {
            "about": pairs(
                ("begleitet bis", german(_ended_on(file) or report.written_on)),
                ("Ansprechpartner/in", file.responsible),
                ("Telefon", house.phone if house else ""),
            ),
            "sections": [
                {
                    "title": "Stand in Arbeit und Ausbildung",
                    "lines": [known[-1].category_label if known else "nicht bekannt"],
                },
                *_texts(report, ("handed_to",)),
            ],
            "signers": [],
        },
    )


def crisis_agreement(asked: PaperRequest) -> Paper:
    """What person, firm and transition management agree on so that work goes on, with three lines to sign.

    Of the newest open crisis; what is agreed already stands in it, else there is room to write. It lies in the firm:
    nothing of custody, no trigger, no name of the programme. NotVisible while no crisis is open.
    """
    file, title = file_of(asked), "Vereinbarung"
    crisis = next((row for row in list_crises(asked.actor, file.case, asked.today) if row.result is None), None)
    if crisis is None:
        raise NotVisible()
    agreed = [act.text for act in crisis.acts if act.kind is CrisisStep.AGREEMENT and not act.voided]
    return Paper(
        title=title,
        file_name=title,
        data=neutral_head(asked, file, title)
        | {
            "about": pairs(("am", german(asked.today)), ("Ansprechpartner/in", file.responsible)),
            "sections": [
                {"title": "Was wir vereinbaren", "lines": agreed[-1].splitlines() if agreed else [LINE] * 6},
                {"title": "Wer tut was bis wann?", "lines": [LINE] * 3},
                {"title": "Wir sprechen wieder miteinander", "lines": [f"am {LINE}"]},
            ],
            "signers": [
                {"name": file.participant.full_name, "role": "Mitarbeiter/in"},
                {"name": "", "role": "Betrieb"},
                {"name": file.responsible, "role": "Begleitung"},
            ],
        },
    )


def own_letter(asked: PaperRequest) -> Paper:
    """What the person's own page shows, for those without a telephone. NotVisible while nobody leads the case."""
    file, title = file_of(asked), "Ihre nächsten Schritte"
    assert isinstance(asked.actor, Person)
    own = read_own(Behind(asked.actor, file.case), asked.today)
    meetings = [[_when(row), ", ".join(filter(None, (row.title, row.where, row.others)))] for row in own.meetings]
    mine, others = (
        [[german(step.due_on), step.plain or step.what] for step in steps] for steps in (own.mine, own.others)
    )
    papers = [[line.title, line.detail or "–"] for line in own.papers]
    tables = (
        ("Ihre nächsten Termine", "Wann", "Was und wo", meetings),
        ("Das tun Sie", "bis", "was", mine),
        ("Das tun andere für Sie", "bis", "was", others),
        ("Ihre Papiere", "Papier", "wo es ist", papers),
    )
    return Paper(
        title=title,
        file_name="Ihre_naechsten_Schritte",
        data=neutral_head(asked, file, title)
        | {
            "about": pairs(("Sie rufen an", own.leader), ("Telefon", own.phone)),
            "sections": [
                *({"title": name, "head": [left, right], "rows": rows} for name, left, right, rows in tables if rows),
                {
                    "title": "Wenn etwas schiefgeht",
                    "lines": [
                        "Rufen Sie an, bevor Sie einen Termin verpassen. Ein neuer Termin ist kein Problem.",
                        "Reden, Tag und Nacht, kostenlos: 0800 1110111 (Telefonseelsorge). Bei Gefahr: 112.",
                    ],
                },
            ],
            "signers": [],
        },
    )


def _when(row: CaseAppointment) -> str:
    return f"{row.on:%d.%m.%Y}" + (f", {row.at:%H:%M} Uhr" if row.at else "")


def house_of(file: CaseFile) -> Any:
    """The house that leads the case, or led it last; None where none ever did."""
    return institution_by_id(file.assignments[-1].membership.institution_id) if file.assignments else None


def neutral_head(asked: PaperRequest, file: CaseFile, title: str) -> dict[str, Any]:
    """Head of a paper that leaves the house: no number of the file; the neutral name of the house, or none."""
    house = house_of(file)
    return head_of(asked, file, title) | {
        "case": None,
        "neutral": True,
        "office": [house.neutral_name] if house and house.neutral_name else [],
    }


def interview_sheet(asked: PaperRequest) -> Paper:
    """To fill in by hand; with option „blank“ without a name."""
    file, title = file_of(asked), "Gesprächsbogen"
    head = head_of(asked, file, title)
    if asked.options.get("blank"):
        head |= {"name": "", "case": None, "born": None}
    return Paper(
        title=title,
        file_name=title,
        data=head
        | {
            "kinds": list(code_labels(CONTACT_KINDS, on=asked.today).values()),
            "outcomes": [each.label for each in ContactOutcome],
            "initiatives": [each.label for each in Initiative],
            "topics": list(TOPICS),
        },
    )


def _closing(asked: PaperRequest) -> tuple[CaseFile, ClosingReport]:
    file = file_of(asked)
    report = read_aftercare(asked.actor, file, asked.today).closing
    if report is None:
        raise NotVisible()
    return file, report


def _texts(report: AftercareReport | ClosingReport, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """A section for each text that was written, under the name of its column."""
    labels = {each.name: each.verbose_name for each in report._meta.concrete_fields}
    told = [(labels[name], getattr(report, name)) for name in names]
    return [{"title": label[0].upper() + label[1:], "lines": text.splitlines()} for label, text in told if text]


def _goals(asked: PaperRequest, file: CaseFile) -> list[dict[str, Any]]:
    plan = current_plan(asked.actor, file.case)
    if plan is None or not plan.goals:
        return []
    rows = [[goal.wording_person or goal.wording_professional, goal.status.label] for goal in plan.goals]
    return [{"title": "Ziele", "head": ["Ziel", "Stand"], "rows": rows}]


def _crises(asked: PaperRequest, file: CaseFile) -> list[dict[str, Any]]:
    rows = [
        [f"{row.reported_on:%d.%m.%Y}: {row.trigger.label}", row.result.label if row.result else "offen"]
        for row in list_crises(asked.actor, file.case, asked.today)
    ]
    return [{"title": "Krisen", "head": ["Krise", "Ergebnis"], "rows": rows}] if rows else []


def _outcomes(asked: PaperRequest, file: CaseFile) -> list[dict[str, Any]]:
    rows = [
        [f"{point.label} ({point.refers_on:%d.%m.%Y})", point.category_label]
        for point in outcome_points(asked.actor, file, asked.today)
        if point.category_label
    ]
    return [{"title": "Verbleib", "head": ["Stichtag", "Stand"], "rows": rows}] if rows else []


def _first_day(file: CaseFile) -> date | None:
    return next((act.happened_on for act in file.acts if act.act == Act.ADMITTED), None)


def _ended_on(file: CaseFile) -> date | None:
    return next((act.happened_on for act in reversed(file.acts) if act.act == Act.CLOSED), None)


def _reason(file: CaseFile, today: date) -> str:
    act = next((act for act in reversed(file.acts) if act.act == Act.CLOSED), None)
    return code_labels("ending_reasons", on=today).get(act.reason, act.reason) if act else "läuft noch"


TOLD = C.CASE | C.IDENTITY | C.CUSTODY | C.CONTACTS | C.PLAN
KINDS = (
    DocumentKind(
        key="monitoring.interview",
        label="Gesprächsbogen",
        template="monitoring/papers/interview.typ",
        compartments=C.CASE | C.IDENTITY,
        build=interview_sheet,
        said="zum Mitschreiben, wo kein Rechner steht",
        blank=True,
    ),
    DocumentKind(
        key="monitoring.crisis_agreement",
        label="Vereinbarung bei drohendem Abbruch",
        template="monitoring/papers/report.typ",
        compartments=C.CASE | C.IDENTITY | C.CONTACTS,
        build=crisis_agreement,
        neutral=True,
        said="für die Person, den Betrieb und uns: mit drei Unterschriften",
    ),
    DocumentKind(
        key="monitoring.own_letter",
        label="Brief an die Person: nächste Schritte",
        template="monitoring/papers/report.typ",
        compartments=C.CASE | C.IDENTITY | C.CONTACTS | C.PLAN,
        build=own_letter,
        neutral=True,
        said="was auf der eigenen Seite steht, für alle ohne Telefon",
    ),
    DocumentKind(
        key="monitoring.aftercare_report",
        label="Nachsorgebericht",
        template="monitoring/papers/report.typ",
        compartments=TOLD,
        build=aftercare_report,
        said="Stand nach einem, drei und sechs Monaten",
    ),
    DocumentKind(
        key="monitoring.closing_report",
        label="Abschlussbericht",
        template="monitoring/papers/report.typ",
        compartments=TOLD | C.JOB | C.VOCATIONAL,
        build=closing_report,
        said="Langfassung für die Akte",
    ),
    DocumentKind(
        key="monitoring.closing_note",
        label="Abschlussmitteilung",
        template="monitoring/papers/report.typ",
        compartments=C.CASE | C.IDENTITY | C.CONTACTS | C.JOB,
        build=closing_note,
        neutral=True,
        said="neutrale Kurzfassung für Jobcenter oder Agentur",
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
