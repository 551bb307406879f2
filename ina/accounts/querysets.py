"""Filter verbs of accounts. No wall here: who may administer whom is said once, in ``UserQuerySet.visible_to``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ina.accounts.enums import Role
from ina.base.actor import Actor


class UserQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor):
        """Oneself; for the administration of a carrier whoever has or had a position there; for the system, all."""
        if actor.role == Role.SYSTEM_ADMIN:
            return self
        own = Q(pk=actor.user_id) if actor.user_id else Q(pk__in=[])
        if actor.role == Role.CARRIER_ADMIN:
            positions: Any = self.model._meta.get_field("memberships").related_model
            carrier = getattr(actor, "institution_id", None)
            return self.filter(own | Exists(positions.objects.filter(user=OuterRef("pk"), institution=carrier)))
        return self.filter(own)


class MembershipQuerySet(models.QuerySet):
    def running_on(self, day: date):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def not_ended_on(self, day: date):
        """Running or beginning later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(used_at=None, revoked_at=None)

    def usable_at(self, moment: datetime):
        return self.open().filter(expires_at__gt=moment)


class SessionRecordQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at=None)
