"""After a death no page of the file asks for anything new: corrections, and that the news was wrong, are all."""

import re
from datetime import date

import pytest
from django.urls import get_resolver, reverse

from ina.access.enums import Channel, ConsentPurpose
from ina.access.models import Consent
from ina.access.operations.consents import record_consent, withdraw_consent
from ina.agenda.operations.items import add_item, reopen_item
from ina.base.errors import Refused
from ina.cases.enums import State
from ina.cases.models import Participant
from ina.cases.operations.deaths import record_death, withdraw_death
from ina.cases.operations.guardians import add_guardian
from ina.cases.operations.links import ask_link
from ina.cases.operations.names import add_alias, change_name
from ina.monitoring.operations import record_outcome
from tests.factories.cases import case_for
from tests.factories.everything import everything_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
# Forms that stay: what was entered wrongly (the person's data, a link), the death itself, and who must not read.
CORRECTIONS = {"correct", "void", "person", "unlink", "alive", "exclude", "lift", "shield", "unshield"}


def _of_a_file(ways) -> bool:
    return any(set(way[0][0][1]) == {"number"} and way[1].startswith("akten/") for way in ways)


# Pages of one file that need nothing but its number; the sheet of a hand-over needs one and has no form.
KNOWN = get_resolver().reverse_dict
PAGES = sorted(
    name for name in KNOWN if isinstance(name, str) and name != "handover_sheet" and _of_a_file(KNOWN.getlist(name))
)


def forms_of(alma, address: str) -> set[str]:
    """Which acts a page offers; a form that does not say which is named by its page."""
    answer = alma.get(address, follow=True)
    assert answer.status_code in (200, 403), address
    main = re.split(r"<main", answer.content.decode())[-1]
    named = set(re.findall(r'name="formular" value="(\w+)"', main))
    posts = len(re.findall(r'<form[^>]*method="post"', main))
    own = answer.resolver_match.url_name
    return named | ({own} if posts > len(re.findall(r'name="formular"', main)) else set())


@pytest.fixture(autouse=True)
def in_step(clock, moment):
    clock.set(moment)


@pytest.fixture
def made(people):
    return case_for(people.alma, state=State.AFTERCARE)


def die(actor, made, now):
    person = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
    record_death(actor=actor, participant_id=person.pk, died_on=TODAY, now=now)
    return person


@pytest.mark.parametrize("which", ["made", "released"])
def test_no_page_of_the_file_offers_anything_new(which, people, act_as, alma, moment):
    everything = everything_for(people, moment)
    made = everything.released if which == "released" else everything
    before = {name: forms_of(alma, reverse(name, args=[made.number])) for name in PAGES}
    with act_as(people.alma) as actor:
        die(actor, made, moment)
    after = {name: forms_of(alma, reverse(name, args=[made.number])) for name in PAGES}
    assert len(PAGES) > 20 and len(set().union(*before.values())) > 10
    assert {name: forms for name, forms in after.items() if forms - CORRECTIONS} == {}


def test_no_operation_enters_anything_new(people, act_as, alma, made, moment):
    with act_as(people.alma) as actor:
        item = add_item(
            actor=actor, dossier_id=made.dossier_id, case_number=1, title="Brief", due_on=TODAY, responsible_id=None,
            now=moment,
        )  # fmt: skip
        person = die(actor, made, moment)
        consent = Consent.objects.visible_to(actor).filter(dossier_id=made.dossier_id).first()
        named = {"surname": "Klee", "given_name": "Robin", "sex": "m", "on": TODAY, "under_disclosure_ban": False}
        given = {"given_on": TODAY, "text_version": "1", "on_paper": True}
        task = {"case_number": 1, "title": "Brief", "due_on": TODAY, "responsible_id": None}
        refused = (
            (record_consent, {"dossier_id": made.dossier_id, "purpose": ConsentPurpose.DATA_USE, **given}),
            (withdraw_consent, {"consent_id": consent.pk, "withdrawn_on": TODAY, "channel": Channel.PAPER}),
            (record_outcome, {"case_id": made.case_id, "months": 3, "category": "UNKNOWN"}),
            (add_alias, {"participant_id": person.pk, "kind": "ALIAS", "name": "Klee"}),
            (add_guardian, {"participant_id": person.pk, "name": "Klee", "relation": "Mutter"}),
            (change_name, {"participant_id": person.pk, **named}),
            (ask_link, {"dossier_id": made.dossier_id, "handle": "x", "because": "y"}),
            (add_item, {"dossier_id": made.dossier_id, **task}),
            (reopen_item, {"item_id": item.pk}),
        )
        for call, arguments in refused:
            with pytest.raises(Refused, match="verstorben"):
                call(actor=actor, now=moment, **arguments)
        withdraw_death(actor=actor, participant_id=person.pk, because="Verwechslung", now=moment)
        assert add_alias(actor=actor, participant_id=person.pk, kind="ALIAS", name="Klee", now=moment).pk


def test_what_was_wrong_is_still_corrected(people, act_as, alma, made, moment, words):
    with act_as(people.alma) as actor:
        person = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        add_alias(actor=actor, participant_id=person.pk, kind="ALIAS", name="Klee", now=moment)
        die(actor, made, moment)
    names = reverse("person_names", args=[made.number])
    assert "void" in forms_of(alma, names) and "add" not in forms_of(alma, names)
    assert alma.post(names, {"formular": "void", "alias": "1", "because": "verwechselt"}).status_code == 303
    for kind in ("einwilligung", "erstgespraech"):
        assert "void" in forms_of(alma, reverse("entry", args=[made.number, kind, 1]))
    assert "verstorben" in words(alma.get(reverse("consents", args=[made.number])))
