"""Aufnahmebogen (domain 7.1): section by section, as far as the reader's compartments go, and as a sheet of paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.actor import Actor
from ina.base.policy import Verdict
from ina.cases import policies
from ina.cases.enums import HypothesisKind, HypothesisStatus, Residence, YesNo
from ina.cases.operations import intake as operations
from ina.cases.operations.release_dates import state_release_date
from ina.cases.queries import CaseFile, Intake, citizenship_group, get_intake
from ina.web.cases.intake_forms import FORMS, Answer, Choices, answers, choices_for
from ina.web.cases.way_in import way_in
from ina.web.shell.fields import GONE
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show
from ina.web.shell.several import Guide, several


@dataclass(frozen=True)
class Section:
    """What the page says about a section, and what saves it."""

    title: str
    said: str
    save: Callable
    may: Callable[[Actor, Any], Verdict]


SECTIONS = {
    "referral": Section(
        "Meldung und Wunsch",
        "Wer die Person vorschlägt, warum, und was sie selbst möchte.",
        operations.fill_referral_sheet,
        policies.may_fill_intake,
    ),
    "enforcement": Section(
        "Haft und Entlassung",
        "Keine Straftaten. Was niemand weiß, bleibt offen.",
        operations.fill_enforcement,
        policies.may_fill_intake,
    ),
    "situation": Section(
        "Schule, Ausbildung, Arbeit",
        "Einmal gefragt: Plan, ESF und Auswertung nehmen die Antworten von hier.",
        operations.fill_entry_situation,
        policies.may_fill_intake,
    ),
    "benefits": Section(
        "Leistungen und Schulden",
        "Sehen Fallführung und Teamleitung, nicht die Anstalt.",
        operations.fill_benefits,
        policies.may_fill_intake_alone,
    ),
    "health": Section(
        "Gesundheit",
        "Freiwillig, mit eigener Einwilligung. Sieht nur, wer den Fall führt. Keine Diagnosen.",
        operations.fill_health,
        policies.may_fill_intake_alone,
    ),
    "esf": Section(
        "Angaben für den ESF",
        "Schulabschluss und Stand am Arbeitsmarkt stehen schon oben. Freiwillige Fragen dürfen offen bleiben.",
        operations.fill_esf_entry,
        policies.may_fill_intake_alone,
    ),
}
# Days of the sheet that may become claims about the release: column, kind, how sure it is by itself.
CLAIMS = {
    "ends_on": (HypothesisKind.SENTENCE_END, HypothesisStatus.PLAUSIBLE),
    "two_thirds_on": (HypothesisKind.TWO_THIRDS, HypothesisStatus.POSSIBLE),
    "half_on": (HypothesisKind.HALF, HypothesisStatus.POSSIBLE),
}


class ClaimForm(forms.Form):
    which = forms.ChoiceField(label="Datum", error_messages=GONE)

    def __init__(self, *arguments, claims, **options):
        super().__init__(*arguments, **options)
        self.claims = claims
        self.fields["which"].choices = list(claims.items())


@dataclass(frozen=True)
class Shown:
    """One section of the page: what was answered, by whom, and whether its form is unfolded."""

    title: str
    said: str
    answers: list[Answer]
    state: str
    unfolded: bool


def intake(request: HttpRequest, number: str) -> HttpResponse:
    opened, today = open_file(request, number, "intake"), clock.today()
    actor, case = request.actor, opened.case
    sheet = get_intake(actor, opened)
    choices = choices_for(sheet.open)
    guides = {name: _guide(request, opened, sheet, name, choices) for name in SECTIONS if name in sheet.open}
    claims = _claims(opened, sheet, today)
    guides["claim"] = Guide(
        partial(ClaimForm, claims=claims),
        save=partial(_state, case.pk, sheet.row("enforcement")),
        done=lambda claim: (reverse("intake", args=[number]), f"Entlassungstermin {claim.on:%d.%m.%Y} übernommen."),
        may=policies.may_state_release_date(actor, case) and Verdict(bool(claims), "Alle Daten sind schon übernommen."),
    )
    return several(
        request,
        "cases/intake.html",
        guides,
        {
            **head_of(opened, "intake", today),
            "way": way_in(opened, "intake"),
            "shown": _shown(sheet, choices),
            "beside": _beside(actor, opened),
            "suggested_from": sheet.suggested_from,
            "refusal": policies.may_fill_intake(actor, case).reason,
        },
    )


def intake_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet on paper, filled with what the reader may see; ``?leer`` leaves it empty, for a talk without a PC."""
    opened, today = open_file(request, number, "intake_paper"), clock.today()
    sheet = get_intake(request.actor, opened)
    empty = "leer" in request.GET
    choices = choices_for(sheet.open)
    sections = [
        (place, SECTIONS[name].title, answers(name, None if empty else sheet.row(name), choices))
        for place, name in enumerate((name for name in SECTIONS if name in sheet.open), start=3)
    ]
    return show(
        request,
        "cases/intake_paper.html",
        {
            **head_of(opened, "intake_paper", today),
            "empty": empty,
            "sections": sections,
            "person": _person(opened, empty=empty),
            "custody": _custody(opened, empty=empty),
            "information": () if empty else sheet.information,
        },
    )


def _beside(actor: Actor, opened: CaseFile) -> list[tuple[str, str]]:
    """The other pages of the admission."""
    number = opened.dossier.number
    again = [(reverse("case_again", args=[number]), "Neuer Fall")] if opened.ended_on else []
    return [
        *again,
        (reverse("first_talk", args=[number]), "Erstgespräch, Informationsblatt"),
        (reverse("admission", args=[number]), "Prüfung und Entscheidung"),
        (reverse("intake_paper", args=[number]), "Bogen drucken"),
        (reverse("intake_paper", args=[number]) + "?leer", "leeren Bogen drucken"),
        (reverse("papers", args=[number]), "Blätter zum Unterschreiben"),
    ]


def _guide(request: HttpRequest, opened: CaseFile, sheet: Intake, name: str, choices: Choices) -> Guide:
    section, number = SECTIONS[name], opened.dossier.number
    initial = _initial(opened, sheet, name, clock.today())
    return Guide(
        _suggesting(name, sheet, choices),
        save=partial(_fill, section.save, case_id=opened.case.pk),
        done=lambda _: (f"{reverse('intake', args=[number])}#{name}", f"„{section.title}“ gespeichert."),
        may=section.may(request.actor, opened.case),
        initial=lambda: initial,
        draft=f"bogen-{name}:{number}:{opened.case.number}",
    )


def _suggesting(name: str, sheet: Intake, choices: Choices) -> Callable[..., forms.Form]:
    """The form says which case its answers come from while nothing is saved."""

    def made(*arguments, **options):
        form = FORMS[name](*arguments, choices=choices, **options)
        form.suggested = f"Fall {sheet.suggested_from}" if name in sheet.suggested else ""
        return form

    return made


def _fill(operation: Callable, *, version: int, **entered):
    return operation(sheet_version=version, **entered)


def _initial(opened: CaseFile, sheet: Intake, name: str, today: date) -> dict:
    """The stored answers; before there are any, what is known from the person and from the case before."""
    form, row = FORMS[name], sheet.row(name)
    if row is not None:
        return {column: getattr(row, column) for column in form.base_fields}
    given: dict = {"version": 0, "refers_on": opened.admitted_on or opened.acts[0].happened_on}
    if name == "esf":
        group = citizenship_group(opened.participant.nationality, today)
        given["third_country"] = {"": YesNo.UNKNOWN, "UNKNOWN": YesNo.UNKNOWN, "THIRD": YesNo.YES}.get(group, YesNo.NO)
    return given | sheet.suggested.get(name, {})


def _shown(sheet: Intake, choices: Choices) -> dict[str, Shown]:
    """The first section that nobody has filled yet is unfolded."""
    here = [name for name in SECTIONS if name in sheet.open]
    first = next((name for name in here if sheet.row(name) is None), None)
    shown = {}
    for name in here:
        row, state = sheet.row(name), ""
        if row is not None:
            stood = f"Stand vom {row.refers_on:%d.%m.%Y}, " if hasattr(row, "refers_on") else ""
            by = row.recorded_by.user.display_name
            state = f"{stood}eingetragen von {by} am {clock.day_of(row.recorded_at):%d.%m.%Y}"
        told = (
            [answer for answer in answers(name, row, choices) if answer.text and answer.name != "refers_on"]
            if row
            else []
        )
        shown[name] = Shown(SECTIONS[name].title, SECTIONS[name].said, told, state, name == first)
    return shown


def _claims(opened: CaseFile, sheet: Intake, today: date) -> dict[str, str]:
    """Days of the sheet that nobody has stated yet as days of release."""
    row = sheet.row("enforcement")
    known = {(claim.on, claim.kind) for claim in opened.hypotheses if claim.status != HypothesisStatus.DROPPED}
    found = {}
    for column, (kind, status) in CLAIMS.items():
        day = getattr(row, column, None)
        if day and day >= today and (day, kind) not in known:
            found[column] = f"{kind.label} {day:%d.%m.%Y} ({status.label})"
    return found


def _state(case_id: int, row, *, which: str, **by):
    kind, status = CLAIMS[which]
    return state_release_date(
        case_id=case_id,
        on=getattr(row, which),
        kind=kind,
        status=status,
        source=row.source or "Aufnahmebogen",
        asserted_on=row.refers_on,
        **by,
    )


def _person(opened: CaseFile, *, empty: bool) -> list[Answer]:
    person = opened.participant
    return [
        Answer("name", "Familienname, Vorname", str(person)),
        Answer("birth_name", "Geburtsname", person.birth_name),
        Answer("born_on", "Geburtsdatum", f"{person.born_on:%d.%m.%Y}" if person.born_on else ""),
        Answer("nationality", "Staatsangehörigkeit", person.nationality),
        Answer("interpreter", "Dolmetscher/in, Sprache", ""),
        Answer(
            "residence",
            "Wohnort danach (Ort, Stadtteil)",
            "" if empty else f"{person.residence_postcode} {person.residence_town}".strip(),
        ),
        Answer(
            "residence_state",
            "Wohnort ist",
            "",
            tuple((each.label, not empty and person.residence_state == each) for each in Residence),
        ),
    ]


def _custody(opened: CaseFile, *, empty: bool) -> list[Answer]:
    stay = opened.custody
    return [
        Answer("prison", "Anstalt, Abteilung", f"{stay.prison} {stay.department}".strip() if stay else ""),
        Answer("booking_number", "Buchnummer", stay.booking_number if stay else ""),
        Answer("since", "in dieser Anstalt seit", f"{stay.starts_on:%d.%m.%Y}" if stay and stay.starts_on else ""),
        Answer(
            "open",
            "Vollzug",
            "",
            (
                ("offen", bool(stay and stay.is_open and not empty)),
                ("geschlossen", bool(stay and stay.is_open is False and not empty)),
            ),
        ),
    ]
