"""Folders for the day of release, and crises, of some people of the demo."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

from ina.access.context import acting_as
from ina.base.errors import DomainError, NotVisible
from ina.cases.queries import get_file
from ina.monitoring import operations
from ina.monitoring.enums import CrisisResult, CrisisStep, CrisisTrigger, Reporter, Urgency
from ina.monitoring.enums import FolderPart as P
from ina.ops.demo_desk import LEADS
from ina.ops.demo_encounters import Scene

MOST = 6
LINES = (
    {"part": P.PLACE, "title": "Wohnhilfe Kalkbogen, Zimmer 12", "detail": "Kalker Lindenweg 14"},
    {"part": P.FALLBACK, "title": "Haus Mülheimer Ufer", "detail": "Uferstraße 90, Tür offen bis 22 Uhr"},
    {"part": P.FIRST_WAY, "title": "Um 8:30 Uhr holt Ihr Übergangsmanagement Sie ab.", "detail": "vor dem Eingang"},
    {"part": P.HOUR, "day": 1, "at": time(10), "title": "Ins Zimmer einziehen", "detail": "Schlüssel beim Hausdienst"},
    {"part": P.HOUR, "day": 2, "at": time(9), "title": "Bürgeramt: Wohnung anmelden", "must": True},
    {"part": P.MONEY, "title": "Überbrückungsgeld, bar", "detail": "am Morgen", "amount": Decimal("300")},
    {"part": P.WEEK, "title": "bis zum ersten Lohn", "amount": Decimal("70")},
    {"part": P.NUMBER, "title": "Wohnhilfe, Hausdienst", "phone": "0221 4710-610", "detail": "Tag und Nacht"},
)
ALARMS = (CrisisTrigger.CONFLICT, CrisisTrigger.NO_SHOW, CrisisTrigger.DEBT)


def lay_out(scene: Scene) -> None:
    folders = alarms = 0
    for told in scene.everybody:
        if told.person.life.lead not in LEADS or told.case_id in scene.moved:
            continue
        actor = scene.staff(told.person.life.lead)
        with acting_as(actor):
            try:
                file = get_file(actor, told.number, today=scene.days.today)
                if file.released_on is None and file.planning_date and folders < MOST:
                    if file.planning_date <= scene.days.today + timedelta(days=90):
                        _pack(scene, actor, file)
                        folders += 1
                elif file.released_on and alarms < MOST:
                    _alarm(scene, actor, file.case.pk, alarms)
                    alarms += 1
            except (DomainError, NotVisible):
                continue


def _pack(scene, actor, file) -> None:
    which = {"actor": actor, "case_id": file.case.pk, "now": scene.days.at(scene.ago(3))}
    operations.agree_appointment(
        **which, on=file.planning_date, at=time(13), title="Jobcenter: Geld", place="Neuerburger Straße 7",
        others="Frau Okafor", jobcenter=True,
    )  # fmt: skip
    operations.begin_folder(**which)
    for line in LINES:
        operations.add_folder_line(**which, **line)
    operations.check_folder(**which)


def _alarm(scene, actor, case_id: int, place: int) -> None:
    now = scene.days.at(scene.ago(4))
    crisis = operations.report_crisis(
        actor=actor, case_id=case_id, trigger=ALARMS[place % 3], urgency=Urgency.THREE_DAYS, reported_by=Reporter.FIRM,
        now=now,
    )  # fmt: skip
    if place % 2:
        return
    operations.act_in_crisis(
        actor=actor, crisis_id=crisis.pk, kind=CrisisStep.MEDIATION, happened_on=scene.ago(3),
        text="Gespräch zu dritt im Betrieb: Pausen sind geregelt, am Montag geht es weiter.",
        now=scene.days.at(scene.ago(3)),
    )  # fmt: skip
    if place % 4 == 0:
        operations.end_crisis(
            actor=actor, crisis_id=crisis.pk, result=CrisisResult.STABILISED, ended_on=scene.ago(1),
            lesson="Früh beim Betrieb anrufen.", now=scene.days.at(scene.ago(1)),
        )  # fmt: skip
