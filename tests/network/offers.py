"""Partners and their offers for the tests."""

from datetime import datetime

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
    key = sort_key(name).replace(" ", "-")
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
