"""Minimum standards of some people of the demo: what was due is mostly done, some left out, some late."""

from __future__ import annotations

from datetime import timedelta

from ina.access.context import acting_as
from ina.base.errors import DomainError, NotVisible
from ina.cases.queries import get_file
from ina.monitoring.enums import StandardState
from ina.monitoring.operations import check_standard
from ina.monitoring.standards import catalogue
from ina.ops.demo_desk import LEADS
from ina.ops.demo_encounters import Scene

# Nobody needs more to see how it works.
MOST = 12
LEFT_OUT = {
    3: "deutsche Staatsangehörigkeit",
    12: "keine Therapie vorgesehen",
    24: "keine Führungsaufsicht",
    33: "keine Kinder",
}


def lay_out(scene: Scene) -> None:
    laid = 0
    for place, told in enumerate(scene.everybody):
        if laid == MOST or told.person.life.lead not in LEADS or told.case_id in scene.moved:
            continue
        actor = scene.staff(told.person.life.lead)
        with acting_as(actor):
            try:
                file = get_file(actor, told.number, today=scene.days.today)
                if file.planning_date is None or file.released_on is not None:
                    continue
                for one in catalogue().items:
                    due = one.due_on(file.planning_date)
                    if due is None or due > scene.days.today + timedelta(days=30) or (one.number + place) % 6 == 0:
                        continue
                    left_out = LEFT_OUT.get(one.number, "")
                    check_standard(
                        actor=actor, case_id=file.case.pk, item=one.number, because=left_out,
                        now=scene.days.at(scene.ago(3)),
                        state=StandardState.LEFT_OUT if left_out else StandardState.DONE,
                        done_on=None if left_out else scene.ago(3), evidence="" if left_out else one.evidence,
                    )  # fmt: skip
                laid += 1
            except (DomainError, NotVisible):
                continue
