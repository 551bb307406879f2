"""Loads the demo, then does what the nights until today would have done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from django.contrib.auth import get_user_model
from django.db import transaction

from ina.agenda.nightly import remind
from ina.base.actor import System
from ina.cases.operations.handovers import lapse_handovers
from ina.evaluation.operations import rebuild_facts
from ina.network.operations import count_cooperation
from ina.ops import demo_desk as desk
from ina.ops import demo_encounters as encounters
from ina.ops import demo_gate as gate
from ina.ops import demo_network as network
from ina.ops import demo_standards as standards
from ina.ops.demo_crew import tell_all
from ina.ops.demo_encounters import Scene
from ina.ops.demo_logins import LOGINS
from ina.ops.demo_people import people
from ina.ops.demo_referrals import refer
from ina.ops.demo_staff import let_go, make_staff

Progress = Callable[[int, int], None]


class Loaded(StrEnum):
    """How far a demo has come. HALF: the loading was killed; it cannot go on, only begin anew in an empty database."""

    NOTHING = "NOTHING"
    HALF = "HALF"
    ALL = "ALL"


def how_far() -> Loaded:
    """That somebody of the staff has left is written last of all (``load``)."""
    users = get_user_model()._default_manager.filter(username__in=[login.username for login in LOGINS])
    if not users.exists():
        return Loaded.NOTHING
    gone = users.filter(username__in=[login.username for login in LOGINS if login.left])
    return Loaded.ALL if gone.filter(memberships__ends_on__isnull=False).exists() else Loaded.HALF


def load(
    today: date,
    *,
    how_many: int | None = None,
    processes: int = 1,
    progress: Progress = lambda done, total: None,
) -> dict[str, str]:
    """Accounts, people and all that happened to them; answers printed codes by user name.

    Into a database where ``how_far`` is NOTHING. Numbers of files and all that happens are the same however many
    ``processes`` there are.
    """
    with transaction.atomic():
        staff = make_staff(today)
        told = [refer(person, staff, today) for person in people(today, how_many)]
    tell_all(told, today, processes, lambda done: progress(done, len(told)))
    scene = Scene(told, staff, today)
    with transaction.atomic():
        encounters.happen(scene)
        desk.lay_out(scene)
        network.lay_out(scene)
        standards.lay_out(scene)
        gate.lay_out(scene)
        let_go(staff, today)
    desk.leave_traces(scene)
    return staff.codes


def finish(now: datetime) -> None:
    """What the nights until today would have done: offers lapse, people are reminded, facts are counted.

    May be done twice.
    """
    lapse_handovers(now)
    remind(now)
    count_cooperation(actor=System("count_cooperation"), now=now)
    rebuild_facts(actor=System("facts"), now=now)
