"""Packing the release-day folder: lines go in and out, and somebody looks through it in time."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

from ina.access.enums import Compartment
from ina.access.queries import opened_to
from ina.agenda.operations import course
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.monitoring import policies
from ina.monitoring.enums import FolderPart
from ina.monitoring.models import Appointment, FolderCheck, FolderLine
from ina.monitoring.operations.standards import HEALTH, PLAIN
from ina.monitoring.queries.folder import read_folder
from ina.reference.queries import parameter

FOLDER = "monitoring.release_folder"
MOST, SECRET_FROM = 200, 1000
# What nearly everybody's folder says (prototype of the house): one click, then it is changed to fit.
USUAL = (
    {"part": FolderPart.HOUR, "day": 1, "at": time(8), "title": "Sachen und Geld in Empfang nehmen",
     "detail": "Zählen Sie das Geld nach. Prüfen Sie die Papiere mit Blatt 4."},
    {"part": FolderPart.PAPER, "slot": 1, "title": "Personalausweis", "detail": "Original in der Mappe"},
    {"part": FolderPart.PAPER, "slot": 1, "title": "Entlassungsschein", "detail": "bekommen Sie am Morgen"},
    {"part": FolderPart.PAPER, "slot": 2, "title": "Eingangsbestätigung Jobcenter", "detail": "Original in der Mappe"},
    {"part": FolderPart.PAPER, "slot": 3, "title": "Bescheinigung der Krankenkasse", "detail": "Original in der Mappe"},
    {"part": FolderPart.PAPER, "slot": 3, "title": "Steuernummer, Rentennummer", "detail": "Briefe in der Mappe"},
    {"part": FolderPart.PAPER, "slot": 4, "title": "Zeugnisse und Bescheinigungen", "detail": "Originale in der Mappe"},
)  # fmt: skip


@operation("monitoring.add_folder_line", may=policies.may_pack_folder, on=Case)
def add_folder_line(
    case: Case,
    *,
    actor: Actor,
    part: FolderPart,
    title: str,
    detail: str = "",
    day: int | None = None,
    at: time | None = None,
    must: bool = False,
    slot: int | None = None,
    amount: Decimal | None = None,
    phone: str = "",
    appointment: Appointment | None = None,
    now: datetime,
) -> FolderLine:
    """Put a line in. What there is only one of, and the way to an appointment, takes the place of the last one.

    Invalid: an hour without its day, money without amount, a number without telephone, a way without its appointment.
    NotVisible: medication for whoever does not see health.
    """
    if part is FolderPart.MEDICATION and not opened_to(actor, case.dossier_id) & Compartment.HEALTH:
        raise NotVisible()
    line = _put(
        case, actor, now, part=part, title=title, detail=detail, day=day, at=at, must=must, slot=slot, amount=amount,
        phone=phone, appointment=appointment,
    )  # fmt: skip
    note(part=str(part) if part is not FolderPart.MEDICATION else "", number=line.number)
    return line


@operation("monitoring.begin_folder", may=policies.may_pack_folder, on=Case)
def begin_folder(case: Case, *, actor: Actor, now: datetime) -> int:
    """The lines that nearly every folder has, unless they are there. Answers how many went in."""
    known = set(_lines(case).values_list("kind", "title"))
    new = [one for one in USUAL if (str(one["part"]), one["title"]) not in known]
    for one in new:
        _put(case, actor, now, **one)  # type: ignore[arg-type]
    note(lines=len(new))
    return len(new)


@operation("monitoring.remove_folder_line", may=policies.may_pack_folder, on=Case)
def remove_folder_line(case: Case, *, actor: Actor, number: int, now: datetime) -> None:
    """Take a line out. NotVisible: none with this number that the actor sees, or taken out already."""
    line = FolderLine.objects.visible_to(actor).filter(case=case, number=number, removed_at=None).first()
    if line is None:
        raise NotVisible()
    _take_out(line, actor, now)
    note(number=number)


@operation("monitoring.check_folder", may=policies.may_pack_folder, on=Case)
def check_folder(case: Case, *, actor: Actor, remark: str = "", now: datetime) -> FolderCheck:
    """Somebody looked through it today; what is missing is kept with it. The points that have come are done."""
    today = day_of(now)
    folder = read_folder(actor, case, today)
    if folder.release is None:
        raise Invalid("Es gibt keinen Planungstermin, zu dem die Mappe fertig sein könnte.")
    made = FolderCheck.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        checked_on=today,
        missing=list(folder.missing),
        remark=remark.strip()[:300],
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    for point in parameter("release_folder_checks", on=today):
        if point.before(folder.release) <= today:
            course.settle(
                dossier_id=case.dossier_id, case_number=case.number, kind=FOLDER, on=today, now=now,
                by=actor.membership_id, offset=point,
            )  # fmt: skip
    note(missing=len(made.missing))
    return made


def _put(
    case: Case,
    actor: Actor,
    now: datetime,
    *,
    part: FolderPart,
    title: str,
    detail: str = "",
    day: int | None = None,
    at: time | None = None,
    must: bool = False,
    slot: int | None = None,
    amount: Decimal | None = None,
    phone: str = "",
    appointment: Appointment | None = None,
) -> FolderLine:
    _require(part, title, day, amount, phone, appointment, case)
    secret = part is FolderPart.MEDICATION
    # The wall hides lines about health from who packs along: they have numbers of their own.
    every = FolderLine.objects.unscoped(because="die Nummern zählen im ganzen Fall").filter(case=case)
    every = every.filter(number__gte=SECRET_FROM) if secret else every.filter(number__lt=SECRET_FROM)
    last = every.order_by("-number").values_list("number", flat=True).first() or (SECRET_FROM if secret else 0)
    if last % SECRET_FROM >= MOST:
        raise Invalid(f"In eine Mappe passen {MOST} Zeilen.")
    if part.is_single or part is FolderPart.WAY:
        for old in _lines(case).filter(kind=part, appointment=appointment):
            _take_out(old, actor, now)
    line = FolderLine(
        dossier_id=case.dossier_id,
        compartments=int(HEALTH if secret else PLAIN),
        case=case,
        number=last + 1,
        kind=str(part),
        day=day,
        at=at,
        title=title.strip(),
        detail=detail.strip(),
        must=must,
        slot=slot,
        amount=amount,
        phone=phone.strip(),
        appointment=appointment,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    line.clean_fields(exclude=["dossier", "case", "recorded_by", "removed_by", "appointment"])
    line.save(force_insert=True)
    return line


def _require(
    part: FolderPart,
    title: str,
    day: int | None,
    amount: Decimal | None,
    phone: str,
    appointment: Appointment | None,
    case: Case,
) -> None:
    if not title.strip():
        raise Invalid("Bitte schreiben Sie, was in der Mappe stehen soll.", "title")
    if part is FolderPart.HOUR and day not in (1, 2, 3):
        raise Invalid("Bitte wählen Sie den ersten, zweiten oder dritten Tag.", "day")
    if part in (FolderPart.MONEY, FolderPart.WEEK) and amount is None:
        raise Invalid("Bitte geben Sie den Betrag an.", "amount")
    if part is FolderPart.NUMBER and not phone.strip():
        raise Invalid("Bitte geben Sie die Telefonnummer an.", "phone")
    if (part is FolderPart.WAY) != (appointment is not None):
        raise Invalid("Bitte wählen Sie den Termin.", "appointment")
    if appointment is not None and appointment.case_id != case.pk:
        raise NotVisible()


def _lines(case: Case):
    rows = FolderLine.objects.unscoped(because="Teil einer Operation, die den Fall schon geladen hat")
    return rows.filter(case=case, removed_at=None)


def _take_out(line: FolderLine, actor: Actor, now: datetime) -> None:
    line.removed_at, line.removed_by_id = now, actor.membership_id
    line.save(update_fields=["removed_at", "removed_by"])
