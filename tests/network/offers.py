"""Partners and their offers for the tests."""

from datetime import date, datetime
from types import SimpleNamespace

from ina.base import clock
from ina.base.actor import Person
from ina.base.names import sort_key
from ina.base.periods import period
from ina.institutions.models import Institution
from ina.institutions.rules import search_key
from ina.network import operations

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=clock.BERLIN)
MANAGER, EVALUATOR = (
    Person(id=1, membership=1, role_code=role, institution_id=1) for role in ("CASE_MANAGER", "EVALUATOR")
)


def a_partner(name="Beratungshaus Linde", kind="PROVIDER", **fields):
    key = sort_key(name).replace(" ", "-").replace(".", "")
    found = Institution.objects.filter(key=key).first()
    if found:
        return found
    one = Institution(
        key=key, kind=kind, name=name, short_name=name, source="Test", valid_period=period(None), **fields
    )
    one.name_key, one.search_key = sort_key(name), search_key(one)
    one.save()
    return one


def an_offer(actor, *, partner=None, title="Schuldnerberatung", **fields):
    given = {"needs": ["R4"], "phases": ["AFTERCARE"], **fields}
    partner = partner or a_partner()
    return operations.add_offer(actor=actor, now=NOW, institution_key=partner.key, title=title, **given)


def network_of(actor, partner=None):
    """A contact person, a signed agreement, and a group that met once and agreed on something."""
    key, given = (partner or a_partner()).key, {"actor": actor, "now": NOW}
    contact = operations.add_contact_person(**given, institution_key=key, name="Wanda Weide", phone="0211 123456")
    agreement = operations.draft_agreement(
        **given,
        institution_key=key,
        subject="Schuldnerberatung in Haft",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        notice_months=3,
        renews_months=12,
        contact_id=contact.pk,
    )
    operations.sign_agreement(**given, agreement_id=agreement.pk, signed_on=date(2025, 12, 15))
    group = operations.found_group(**given, name="Arbeitskreis Übergang", kind="GROUP")
    operations.change_group(**given, workinggroup_id=group.pk, join=key)
    meeting = operations.hold_meeting(
        **given,
        workinggroup_id=group.pk,
        held_on=date(2026, 11, 3),
        topics="Wohnen nach der Entlassung",
        minutes="Alle sind sich einig.",
        present=[key],
    )
    task = operations.agree_in_meeting(**given, meeting_id=meeting.pk, text="Liste der Plätze", who="Wanda Weide")
    return SimpleNamespace(key=key, contact=contact, agreement=agreement, group=group, meeting=meeting, task=task)
