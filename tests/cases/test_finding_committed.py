"""The night mends what names are found by: what really commits."""

from django.db import transaction

from ina.access.context import acting_as
from ina.cases.enums import AliasKind
from ina.cases.models import Participant
from ina.cases.operations import names
from ina.cases.operations.worklist import compare_all
from ina.cases.rules.finding import find_keys
from tests.factories.cases import case_for


def test_the_nightly_comparison_fills_what_is_missing(committed_db, owner_of_tables, people, now):
    with transaction.atomic():
        made = case_for(people.alma, surname="Salbei", given_name="Juniper")
    actor = people.alma.actor
    with transaction.atomic(), acting_as(actor):
        person = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        names.add_alias(actor=actor, participant_id=person.pk, kind=AliasKind.ALIAS, name="Wermut", now=now)
    assert compare_all() == 0
    owner_of_tables.execute("UPDATE cases_worklist SET find_keys = '{}' WHERE case_id = %s", [made.case_id])
    assert compare_all() == 1
    (stored,) = owner_of_tables.execute(
        "SELECT find_keys FROM cases_worklist WHERE case_id = %s", [made.case_id]
    ).fetchone()
    assert stored == find_keys("Salbei", "Juniper", ["Wermut"]) and "+wermut" in stored
