"""The circle as a page: everybody who sees the file and why, and what may be told to whom today."""

import pytest
from django.urls import reverse

from ina.access.enums import Channel, Compartment, ConsentPurpose, Direction
from ina.access.operations.consents import record_consent, withdraw_consent
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case):
    return reverse("visible_circle", args=[case.number])


def _shared(actor, case, now, key):
    return record_consent(
        actor=actor, dossier_id=case.dossier_id, purpose=ConsentPurpose.SHARING, given_on=now.date(),
        text_version="2026-1", on_paper=True, recipient_id=get_institution(key).pk, categories=Compartment.PLAN,
        aim="Schulden ordnen", direction=Direction.GIVE, beyond_release=True, now=now,
    )  # fmt: skip


def test_everybody_with_the_reason_and_nothing_shared_yet(alma, people, client_of, url, words):
    page = alma.get(url)
    said = words(page)
    assert "Alma Ahorn" in said and "führt den Fall" in said and "ganze Akte" in said
    assert "keine laufende Einwilligung zur Weitergabe" in said
    assert "Alma Ahorn" in words(client_of(people.hanna).get(url))


def test_what_may_be_told_is_a_sentence_until_it_is_withdrawn(people, alma, act_as, now, case, url, words):
    with act_as(people.alma) as actor:
        consent = _shared(actor, case, now, "anbieter-beispiel")
    assert "darf erhalten: Plan. Zweck: Schulden ordnen." in words(alma.get(url))
    with act_as(people.alma) as actor:
        withdraw_consent(
            actor=actor, consent_id=consent.pk, withdrawn_on=now.date(), channel=Channel.PHONE, now=now
        )  # fmt: skip
    page = alma.get(url)
    assert page.context["shared"] == [] and "Schulden ordnen" not in words(page)


def test_a_stranger_finds_no_such_file(people, client_of, url):
    assert client_of(people.cem).get(url).status_code == 404


def test_statements_do_not_grow_with_consents(people, alma, act_as, now, case, url, statements):
    counted = []
    for keys in (["anbieter-beispiel"], ["jc-duesseldorf", "aa-duesseldorf"]):
        with act_as(people.alma) as actor:
            for key in keys:
                _shared(actor, case, now, key)
        alma.get(url)
        with statements() as seen:
            page = alma.get(url)
        counted.append((len(page.context["shared"]), seen()))
    assert [rows for rows, _ in counted] == [1, 3]
    assert counted[0][1] == counted[1][1] == 7
