"""The only place that reads the clock. Read it at the edge (view, command, job) and hand the moment on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """This moment, aware, UTC."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """The calendar day in Germany at this moment; nights of the clock change included."""
    return moment.astimezone(BERLIN).date()


def today() -> date:
    """Today in Germany."""
    return day_of(now())
