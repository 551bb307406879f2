"""What lies on the desks of the demo: tasks of their own, appointments, views, drafts, a prison list to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from ina.access.operations.drafts import keep_draft
from ina.agenda.enums import ItemState
from ina.agenda.operations.items import add_item, drop_item, snooze_item
from ina.agenda.queries import item_numbered, list_items
from ina.audit.trail import record_read
from ina.cases.enums import HypothesisKind
from ina.cases.operations.list_views import save_view
from ina.cases.operations.prison_lists import stage_prison_list
from ina.exchange.lists import read_list
from ina.institutions.queries import get_institution
from ina.monitoring import operations as monitoring
from ina.monitoring.enums import ContactOutcome
from ina.ops import demo_words as words
from ina.ops.demo_encounters import Scene
from ina.ops.demo_logins import DUESSELDORF
from ina.ops.demo_people import Invented
from ina.ops.demo_referrals import AUTHORITIES, Told, claimed
from ina.ops.demo_stories import Stage
from ina.reference.rules import add_working_days, working_day_on_or_after

GOING_ON = frozenset({Stage.INSIDE, Stage.OUTSIDE})
LEADS = ("alma", "bert", "toni", "wanda", "cem")
# Working days from today and hour: Alma's week, and what each of the others has.
ALMAS_WEEK = ((0, 9, 0), (0, 10, 30), (0, 14, 0), (1, 9, 30), (1, 13, 0), (2, 11, 0), (3, 10, 0), (4, 9, 0), (6, 15, 0))
OTHERS_WEEK = ((0, 10, 0), (1, 14, 30), (3, 9, 30))
LAST_WEEK = (-4, -3, -2, -1)
VIEWS = (
    ("alma", "Entlassung in 30 Tagen", {"entlassung": "30", "ordnung": "entlassung"}),
    ("alma", "Nachsorge, überfällig", {"phase": "AFTERCARE", "faellig": "ueberfaellig"}),
    ("alma", "Für Bert, diese Woche", {"vertretung": "bert", "faellig": "woche"}),
    ("jan", "Niemand zuständig", {"zustaendig": "niemand"}),
    ("jan", "Überfällig im Team", {"faellig": "ueberfaellig"}),
    ("hanna", "Entlassung in 90 Tagen", {"entlassung": "90", "ordnung": "entlassung"}),
)
HEADINGS = (
    "Familienname", "Vorname", "Geschlecht", "Geburtsdatum", "Staatsangehörigkeit", "JVA", "Buchnummer", "Haftart",
    "Vollstreckungsstand", "voraussichtliche Entlassung", "Vollstreckungsbehörde",
)  # fmt: skip
# On the list of prisoners that waits for ticks: new ones, known ones, one whose day has moved, one row twice.
NEW, KNOWN, CHANGED = 16, 5, 4
FILE_NAME = "gefangenenliste_duesseldorf.csv"
# How many of the last working days somebody has opened files on, and how many a day.
READ_DAYS, READ_A_DAY = 10, 3


def lay_out(scene: Scene) -> None:
    going_on = {lead: _of(scene, lead) for lead in LEADS}
    for lead, cases in going_on.items():
        _own_tasks(scene, lead, cases)
        _appointments(scene, lead, cases)
    _tasks_of_hanna(scene, going_on["alma"])
    _put_off(scene, going_on["alma"])
    for username, name, query in VIEWS:
        scene.do(username, save_view, scene.ago(9), name=name, query=query)
    _drafts(scene, going_on["alma"])
    _prison_list(scene)


def leave_traces(scene: Scene) -> None:
    """Whoever leads a case opened its file on some of the last days. Written on the second connection as ever."""
    for lead in LEADS:
        cases = _of(scene, lead)
        for back in range(1, READ_DAYS + 1) if cases else ():
            for turn in range(READ_A_DAY):
                one = cases[(back * READ_A_DAY + turn) % len(cases)]
                moment = scene.days.at(scene.ago(back)) + timedelta(minutes=7 * turn)
                page = ("file", "contacts", "tasks")[turn % 3]
                record_read(
                    action="read.file", actor=scene.staff(lead), now=moment, dossier_id=one.dossier_id,
                    reason="ASSIGNMENT", page=page,
                )  # fmt: skip


def _of(scene: Scene, lead: str) -> list[Told]:
    """The cases that somebody leads and has led all the time, those released first in front."""
    mine = [
        one for one in scene.everybody
        if one.person.life.lead == lead and one.person.life.group.stage in GOING_ON
        and not one.person.life.happens("paused") and one.case_id not in scene.moved
    ]  # fmt: skip
    return sorted(mine, key=lambda one: (one.person.release_on or date.max, one.person.number))


# --- tasks ---------------------------------------------------------------------------------------------------------


def _own_tasks(scene: Scene, lead: str, cases: Sequence[Told]) -> None:
    for turn, one in enumerate(cases[1::3]):
        typed = scene.ago(6 + turn % 5)
        due = working_day_on_or_after(scene.days.day(-3 + 2 * turn))
        scene.do(
            lead, add_item, typed,
            dossier_id=one.dossier_id, case_number=1, title=words.OWN_TASKS[turn % len(words.OWN_TASKS)], due_on=due,
            responsible_id=scene.staff(lead).membership,
        )  # fmt: skip


def _tasks_of_hanna(scene: Scene, cases: Sequence[Told]) -> None:
    """What the prison's social service has taken on: seen on its own page."""
    inside = [one for one in cases if one.person.life.group.stage is Stage.INSIDE and one.person.prison == DUESSELDORF]
    for turn, (one, title) in enumerate(zip(inside, words.TASKS_OF_THE_PRISON, strict=False)):
        scene.do(
            "hanna", add_item, scene.ago(5 + turn),
            dossier_id=one.dossier_id, case_number=1, title=title,
            due_on=working_day_on_or_after(scene.days.day(-4 + 3 * turn)),
            responsible_id=scene.staff("hanna").membership,
        )  # fmt: skip


def _put_off(scene: Scene, cases: Sequence[Told]) -> None:
    """Some tasks were put off with a reason, some are not needed."""
    for turn, one in enumerate(cases[2:30:4]):
        with scene.acting("alma") as alma:
            rows = [row for row in list_items(alma, one.dossier_id, 1, scene.days.today) if row.state is ItemState.OPEN]
            if not rows:
                continue
            item = item_numbered(alma, one.dossier_id, 1, rows[-1].place)
            day = scene.ago(2)
            if turn % 3 == 2:
                drop_item(
                    actor=alma, item_id=item.pk, because="macht der Sozialdienst der Anstalt", now=scene.days.at(day)
                )
            elif rows[-1].due_on < scene.days.day(14):
                snooze_item(
                    actor=alma, item_id=item.pk, until=scene.days.day(15 + turn), reason="Auskunft steht noch aus",
                    now=scene.days.at(day),
                )  # fmt: skip


# --- appointments --------------------------------------------------------------------------------------------------


def _appointments(scene: Scene, lead: str, cases: Sequence[Told]) -> None:
    if not cases:
        return
    for turn, (distance, hour, minute) in enumerate(ALMAS_WEEK if lead == "alma" else OTHERS_WEEK):
        first = working_day_on_or_after(scene.days.today)
        day = add_working_days(first, distance)
        _agree(scene, lead, cases[(2 * turn) % len(cases)], turn, day, time(hour, minute), scene.ago(5))
    for turn, distance in enumerate(LAST_WEEK if lead in ("alma", "bert") else LAST_WEEK[-2:]):
        day = scene.days.working(scene.days.day(distance))
        one = cases[(2 * turn + 1) % len(cases)]
        made = _agree(scene, lead, one, turn, day, time(11, 0), scene.ago(9))
        # What became of the last one nobody has said yet.
        if distance == LAST_WEEK[-1]:
            continue
        came = turn != 1
        scene.do(
            lead, monitoring.keep_appointment, day,
            appointment_id=made.pk, kind="TALK", outcome=ContactOutcome.MET if came else ContactOutcome.ABSENT,
            minutes=40 if came else None, content="wie vereinbart" if came else "nicht gekommen, Brief geschrieben",
        )  # fmt: skip


def _agree(scene: Scene, lead: str, one: Told, turn: int, day: date, at: time, agreed: date):
    title, place, others = words.MEETINGS[(turn + one.person.number) % len(words.MEETINGS)]
    released = one.person.life.group.stage is Stage.OUTSIDE
    if released or "Nachsorge" in place:
        place = "Nachsorgebüro" if released else "Sprechzimmer 1"
    return scene.do(
        lead, monitoring.agree_appointment, agreed,
        case_id=one.case_id, on=day, at=at, minutes=45, title=title, place=place, others=others,
    )  # fmt: skip


# --- drafts, list of prisoners -------------------------------------------------------------------------------------


def _drafts(scene: Scene, cases: Sequence[Told]) -> None:
    day = scene.ago(1)
    if cases:
        data = {
            "kind": ["TALK"],
            "outcome": ["MET"],
            "happened_on": [f"{day:%d.%m.%Y}"],
            "content": ["Gespräch über die Zusage der Werkstatt. Noch offen: Fahrtkosten für die erste Woche,"],
        }
        scene.do("alma", keep_draft, day, key=f"kontakt:{cases[0].number}:1", data=data)
    scene.do(
        "hanna", keep_draft, day,
        key="zugang", data={"surname": ["Quendel"], "given_name": ["Mirko"], "reason": ["fragt nach einer Lehrstelle"]},
    )  # fmt: skip


def _prison_list(scene: Scene) -> None:
    """The list of prisoners of Düsseldorf as its office wrote it yesterday, read in and waiting for ticks."""
    day = scene.ago(1)
    here = [
        one.person for one in scene.everybody
        if one.person.prison == DUESSELDORF and one.person.life.lead == "alma" and one.case_id not in scene.moved
        and one.person.life.group.name in ("custody", "preparation", "screening")
        and claimed(one.person) == (one.person.release_on, HypothesisKind.SENTENCE_END)
    ]  # fmt: skip
    rows = [_row(one, moved=turn < CHANGED) for turn, one in enumerate(here[: KNOWN + CHANGED])]
    rows += _new_rows(scene)
    content = "\n".join([";".join(HEADINGS), *rows, rows[-1], *words.UNREADABLE]).encode()
    found = read_list(content, get_institution(DUESSELDORF), day)
    scene.do(
        "alma", stage_prison_list, day,
        prison_id=scene.staff.institution(DUESSELDORF), file_name=FILE_NAME, people=found.people, counts=found.counts,
    )  # fmt: skip


def _row(one: Invented, *, moved: bool) -> str:
    assert one.release_on is not None
    return _line(
        one.surname, one.given_name, one.sex, one.born_on, one.origin.nationality if one.origin else "",
        one.booking_number, one.release_on + timedelta(days=28 if moved else 0),
    )  # fmt: skip


def _new_rows(scene: Scene) -> list[str]:
    year = scene.days.today.year % 100
    return [
        _line(
            surname, given_name, "m", scene.days.day(-7300 - 610 * turn), nationality,
            f"{5000 + turn:05d}/{year:02d}/{turn % 10}", scene.days.day(140 + 53 * turn),
        )
        for turn, (surname, given_name, nationality) in enumerate(words.LISTED[:NEW])
    ]  # fmt: skip


def _line(
    surname: str, given_name: str, sex: str, born: date | None, nationality: str, number: str, release: date
) -> str:
    days = [f"{day:%d.%m.%Y}" if day else "" for day in (born, release)]
    cells = (
        surname, given_name, sex, days[0], nationality, "JVA Düsseldorf", number, "Freiheitsstrafe", "TE", days[1],
        AUTHORITIES[DUESSELDORF],
    )  # fmt: skip
    return ";".join(cells)
