"""``script/ina invite_administrator``: a link and a code for the first administrator."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ina.access.context import acting_as
from ina.accounts.operations.invitations import invite_administrator
from ina.base import clock
from ina.base.actor import System
from ina.base.errors import DomainError, Refused
from ina.institutions.queries import get_institution
from ina.ops.answers import NOT_PERMITTED, UNUSABLE, AnsweringCommand


class Command(AnsweringCommand):
    help = "Lädt die erste Person der Systemadministration ein: ein Code zum Abtippen, gültig für einige Tage, einmal."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--username", default="verwaltung", help="Benutzername (Vorgabe: verwaltung)")
        parser.add_argument("--name", default="Systemadministration", help="Name, wie ihn andere sehen")
        parser.add_argument("--institution", default="jm-nrw", help="Schlüssel der Einrichtung (list_institutions)")
        parser.add_argument("--address", default="", help="Adresse der Anwendung, zum Beispiel https://ina.example.org")
        parser.add_argument(
            "--renew", action="store_true", help="auch, wenn schon jemand Zugang hat: alle haben ihn verloren"
        )

    def handle(self, *, username, name, institution, address, renew, as_json, **options):
        actor, now = System("invite_administrator"), clock.now()
        try:
            with transaction.atomic(), acting_as(actor):
                invited = invite_administrator(
                    actor=actor,
                    now=now,
                    username=username,
                    display_name=name,
                    institution_id=get_institution(institution).pk,
                    renew=renew,
                )
        except Refused as error:
            self.give_up(error.message, NOT_PERMITTED, as_json=as_json)
        except DomainError as error:
            self.give_up(error.message, UNUSABLE, as_json=as_json)
        link = (address or _own_address()).rstrip("/") + reverse("invitation", args=[invited.code])
        until = f"{invited.expires_at.astimezone(clock.BERLIN):%d.%m.%Y, %H:%M}"
        self.answer(
            {
                "username": invited.username,
                "code": invited.code,
                "link": link,
                "expires_at": invited.expires_at.isoformat(),
            },
            [
                f"Benutzername: {invited.username}",
                f"Code:         {invited.code}  (gilt bis {until} Uhr, einmal)",
                f"Adresse:      {link}",
            ],
            as_json=as_json,
        )


def _own_address() -> str:
    """Where the application is reached: as the start was told, else the first host of the settings."""
    if address := os.environ.get("INA_ADDRESS"):
        return address
    return f"https://{settings.ALLOWED_HOSTS[0]}" if settings.ALLOWED_HOSTS else "http://localhost:8000"
