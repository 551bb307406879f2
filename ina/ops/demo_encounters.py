"""What the demo shows beside the stories: a referral that waits, a case on offer, somebody who came back, and what
was done about the tasks of the past. Everything through the real operations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from ina.access.context import acting_as
from ina.access.enums import Channel, ConsentPurpose
from ina.access.operations.consents import record_consent
from ina.access.queries import actor_for
from ina.accounts.queries import active_membership
from ina.agenda.enums import ItemState, Origin
from ina.agenda.models import Item
from ina.agenda.operations.items import complete_item
from ina.base.actor import Person
from ina.base.clock import BERLIN
from ina.cases.enums import EventKind, HypothesisKind, Sex
from ina.cases.models import Case
from ina.cases.operations import events, handovers, notices, referrals
from ina.institutions.queries import get_institution
from ina.ops import demo_people as cast

# Whose tasks are left undone since when: long enough ago to have been settled.
SETTLED_AFTER = timedelta(days=21)
# Of the tasks that old, one in so many was forgotten.
FORGOTTEN = 14
JOBCENTER = "jc-duesseldorf"


def actor_of(username: str, today: date) -> Person:
    """Somebody of the cast in the position they hold on a day."""
    user = get_user_model()._default_manager.get(username=username)
    position = active_membership(user, None, today)
    assert position is not None
    return actor_for(position)


def at(day: date) -> datetime:
    """Mid-morning of a day, German time."""
    return datetime.combine(day, time(10, 30), BERLIN)
