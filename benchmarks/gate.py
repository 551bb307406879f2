"""The gate: the page of what is missing around it, and 500 release-day folders from the rows to the PDF."""

from __future__ import annotations

import os
import time

import psycopg

from benchmarks.case import acting
from benchmarks.timing import side_by_side

FOLDERS = 500
# What the floor reads: the lines alone, without wall, standards, contacts or people.
BARE = """
SELECT case_id, dossier_id, planning_key FROM cases_worklist
WHERE team_id = %s AND is_open AND planning_key BETWEEN current_date - 210 AND current_date + 63
ORDER BY planning_key, case_id LIMIT 501
"""


def measure(rounds: int, *, lead: str = "tl0", username: str = "fm0", long: bool = True) -> dict:
    """Timings of the page with its floor; seconds of the folders, and of setting the same data again (the floor)."""
    from ina.base import clock
    from ina.monitoring.queries.gate import read_gate

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner, acting(lead) as actor:
        today = clock.today()
        found = read_gate(actor, today)
        calls = {
            "gate: page": lambda: read_gate(actor, today),
            "floor: gate": lambda: owner.execute(BARE, [actor.team_id]).fetchall(),
        }
        figures = dict(side_by_side(calls, max(5, rounds // 4), warm_up=1))
    figures["lines"] = len(found.before) + len(found.after)
    return figures | {"folders": _folders(username, FOLDERS if long else FOLDERS // 25)}


def _folders(username: str, how_many: int) -> dict:
    """One case's folder so many times: what is asked of the database does not depend on whose it is."""
    from ina.base import clock
    from ina.cases.models import Worklist
    from ina.documents.kinds import PaperRequest
    from ina.documents.typeset import set_paper
    from ina.monitoring.documents import folder_paper
    from ina.monitoring.operations import begin_folder

    template = "monitoring/papers/folder.typ"
    with acting(username) as actor:
        lines = Worklist.objects.unscoped(because="eine Messung").of_responsible(actor.membership_id).still_open()
        line = lines.filter(is_released=False, planning_key__gt=clock.today()).exclude(planning_key=Worklist.NEVER)
        row = line.visible_to(actor).order_by("case_id")[0]
        begin_folder(actor=actor, case_id=row.case_id, now=clock.now())
        asked = PaperRequest(actor, row.dossier_id, row.case_number, clock.today())
        data = folder_paper(asked).data
        set_paper(template, data)
        began = time.perf_counter()
        for _ in range(how_many):
            set_paper(template, folder_paper(asked).data)
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        for _ in range(how_many):
            set_paper(template, data)
        return {"rows": how_many, "seconds": seconds, "floor": time.perf_counter() - began}
