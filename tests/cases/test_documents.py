"""The papers of a case: each is set from a full file and from an almost empty one, and says what it should."""

import pytest

from ina.cases.enums import State
from ina.documents.kinds import PaperRequest, all_kinds, get_kind
from ina.documents.typeset import set_paper
from tests.documents.papers import assert_accessible, text_of
from tests.factories.cases import case_for
from tests.factories.everything import everything_for

pytestmark = pytest.mark.django_db
KEYS = [kind.key for kind in all_kinds() if kind.key.startswith("cases.")]


def paper(actor, made, key, moment, **options):
    kind = get_kind(key)
    asked = PaperRequest(actor, made.dossier_id, 1, moment.date(), options)
    return kind, kind.build(asked)


@pytest.mark.parametrize("key", KEYS)
def test_a_full_file(people, act_as, moment, key):
    made = everything_for(people, moment)
    with act_as(people.alma) as actor:
        kind, told = paper(actor, made, key, moment)
        pdf = set_paper(kind.template, told.data)
    said = text_of(pdf)
    assert told.title in said and told.data["name"] in said and made.number in said
    assert_accessible(pdf)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "cases.handover"])
def test_an_almost_empty_file(people, act_as, moment, key):
    made = case_for(people.alma, state=State.SCREENING, talk=False, planned_on=None)
    with act_as(people.alma) as actor:
        kind, told = paper(actor, made, key, moment)
        assert set_paper(kind.template, told.data).startswith(b"%PDF")


def test_the_empty_intake_sheet_names_nobody(people, act_as, moment):
    made = everything_for(people, moment)
    with act_as(people.alma) as actor:
        kind, told = paper(actor, made, "cases.intake", moment, blank="ja")
        said = text_of(set_paper(kind.template, told.data))
    assert made.number not in said and told.data["name"] is None and "Schulabschluss" in said
    assert told.file_name == "Aufnahmebogen"


def test_who_does_not_see_health_gets_a_sheet_without_it(people, act_as, moment):
    made = everything_for(people, moment)
    with act_as(people.hanna) as actor:
        _, told = paper(actor, made, "cases.intake", moment)
    assert not any("Gesundheit" in section["title"] for section in told.data["sections"])
    assert "nicht schwer heben" not in str(told.data)


def test_typed_text_stays_text(people, act_as, moment):
    made = case_for(people.alma, surname="#panic()", given_name="*fett*")
    with act_as(people.alma) as actor:
        kind, told = paper(actor, made, "cases.transfer_sheet", moment)
        assert "#panic()" in text_of(set_paper(kind.template, told.data))


@pytest.mark.parametrize("key", ["cases.consent_sheet", "cases.secrecy_sheet"])
def test_a_sheet_to_sign_names_the_one_recipient_it_is_for(people, act_as, moment, key):
    made = everything_for(people, moment)
    with act_as(people.alma) as actor:
        kind, told = paper(actor, made, key, moment, recipient="anbieter-beispiel")
        said = text_of(set_paper(kind.template, told.data))
        _, unknown = paper(actor, made, key, moment, recipient="gibt-es-nicht")
    assert "Beispielhaus" in said and "Ich nehme mein Ja zurück" in said and "Kein Kreuz heißt" in said
    assert told.title.endswith("Beratungsstelle Beispielhaus") and unknown.data["recipient"] == ""
