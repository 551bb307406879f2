"""The matrix of roles of domain section 8 against the running system, in bare SQL: a full file, all people of the cast.

Writing is the matter of ``test_policies``; here it is what the database shows at all. A cell of the domain that this
version stores nothing for (employer and job data) is missing in ``COLUMNS``.
"""

from datetime import timedelta

import pytest

from ina.access.enums import Compartment as C
from ina.access.operations.deputies import appoint_deputy
from ina.network.operations import open_to_chamber
from tests.factories.everything import everything_for
from tests.network.disclosing import allow
from tests.people import CAST

pytestmark = pytest.mark.django_db(databases=["default", "log"])

# Column of the matrix → a table that holds its data.
COLUMNS = {
    "identity": "cases_participant",
    "release": "cases_releasedatehypothesis",
    "health": "cases_healthsituation",
    "vocation": "profiling_competence",
    "plan": "planning_goal",
    "contacts": "monitoring_contact",
    "confidential": "monitoring_confidentialnote",
    "benefits": "cases_benefitsituation",
    "esf": "cases_esfentry",
    "network": "network_servicereferral",
}
EVERYTHING = frozenset(COLUMNS)
MATRIX: dict[str, frozenset[str]] = {
    # Leads the case.
    "alma": EVERYTHING,
    # Stands in for Alma: no health, nothing confidential, no benefits.
    "bert": EVERYTHING - {"health", "confidential", "benefits"},
    # Leads the team: no health, nothing confidential.
    "jan": EVERYTHING - {"health", "confidential"},
    # Social service of the prison: no benefits, no ESF set, and health only if needed (here: not).
    "hanna": frozenset({"identity", "release", "vocation", "plan", "contacts"}),
    # Chamber, with a consent that names everything: name and vocation all the same.
    "frida": frozenset({"identity", "vocation"}),
}


@pytest.fixture
def shown(people, moment, act_as, bare_sql):
    made = everything_for(people, moment)
    with act_as(people.alma) as actor:
        sheet = allow(
            actor,
            made,
            moment,
            partner="hwk-duesseldorf",
            categories=C.IDENTITY | C.VOCATIONAL | C.PLAN | C.CUSTODY | C.CONTACTS | C.HEALTH | C.BENEFITS,
        )
        open_to_chamber(actor=actor, consent_id=sheet.pk, now=moment)
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=moment.date(),
            ends_on=moment.date() + timedelta(days=5),
            reason="Urlaub",
            now=moment,
        )

    def columns(person: str) -> frozenset[str]:
        found = set()
        with bare_sql(people[person]) as cursor:
            for column, table in COLUMNS.items():
                cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE dossier_id = %s)", [made.dossier_id])
                if cursor.fetchone()[0]:
                    found.add(column)
        return frozenset(found)

    return columns


def test_each_role_sees_its_columns_and_no_other(shown):
    wrong = {}
    for person in CAST:
        expected = MATRIX.get(person, frozenset())
        if (found := shown(person)) != expected:
            wrong[person] = {"too much": sorted(found - expected), "too little": sorted(expected - found)}
    assert wrong == {}
