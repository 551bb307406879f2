"""Numbers of dossiers for a check: answered to the data protection officer's transaction and to nobody else."""

import pytest

from ina.access.queries import dossier_numbered, dossier_numbers
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(people):
    return case_for(people.alma)


def test_check_reads_numbers_and_ids_of_dossiers_that_it_cannot_see(people, act_as, dossier):
    with act_as(people.karl) as actor:
        from ina.access.models import Dossier

        assert not Dossier.objects.visible_to(actor).exists()
        assert dossier_numbers([dossier.dossier_id, 0]) == {dossier.dossier_id: dossier.number}
        assert dossier_numbered(dossier.number) == dossier.dossier_id
        assert dossier_numbered("1999-00001") is None


def test_nobody_else_is_answered(people, act_as, dossier):
    for member in people:
        if member.role != "DATA_PROTECTION":
            with act_as(member):
                assert dossier_numbers([dossier.dossier_id]) == {}
                assert dossier_numbered(dossier.number) is None
