"""The ledger's one question: may this be told to them, on this day, in this phase, in this direction."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from ina.access.enums import Channel, ConsentPurpose, Direction
from ina.access.enums import Compartment as C
from ina.access.models import Consent
from ina.access.operations.consents import record_consent, void_consent, withdraw_consent
from ina.access.sharing import judge, sharing_basis
from ina.agenda.models import Item
from ina.base.errors import Invalid
from ina.institutions.queries import get_institution
from tests.factories.cases import case_for

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ON = date(2026, 11, 1)
THEM, OTHERS = 7, 8


def sheet(**changed):
    given = {"purpose": ConsentPurpose.SHARING, "recipient_id": THEM, "given_on": date(2026, 10, 1), "aim": "Schulden",
             "categories": int(C.IDENTITY | C.PLAN), "direction": Direction.GIVE, "pk": 1}  # fmt: skip
    row = Consent(**(given | changed))
    row._state.fields_cache["recipient"] = SimpleNamespace(__str__=lambda: "Beispielhaus")
    return row


def asked(*rows, what=C.IDENTITY, on=ON, released=None, asking=False):
    return judge(rows, THEM, what, on, released, asking=asking)


SECRET = sheet(categories=int(C.IDENTITY | C.HEALTH))
UNSEALED = sheet(purpose=ConsentPurpose.SECRECY, categories=int(C.HEALTH), pk=2)


@pytest.mark.parametrize(
    ("rows", "how", "said"),
    [
        ([], {}, "keine Einwilligung"),
        ([sheet(recipient_id=OTHERS)], {}, "keine Einwilligung"),
        ([sheet(withdrawn_on=ON)], {}, "widerrufen"),
        ([sheet(expires_on=ON - timedelta(days=1))], {}, "abgelaufen"),
        ([sheet(given_on=ON + timedelta(days=1))], {}, "gilt erst ab"),
        ([sheet(voided_at=NOW)], {}, "keine Einwilligung"),
        ([sheet()], {"what": C.IDENTITY | C.JOB}, "umfasst nicht: Arbeitsverhältnis"),
        ([sheet()], {"released": ON}, "nur bis zur Entlassung"),
        ([sheet(direction=Direction.GET)], {}, "nicht, etwas mitzuteilen"),
        ([sheet()], {"asking": True}, "nicht, etwas zu erfragen"),
        ([SECRET], {"what": C.HEALTH}, "fehlt die Entbindung"),
        ([UNSEALED], {"what": C.HEALTH}, "keine Einwilligung"),
        ([sheet(), UNSEALED], {"what": C.HEALTH}, "umfasst nicht: Gesundheit"),
        ([sheet(categories=int(C.INTERNAL | C.IDENTITY))], {"what": C.INTERNAL}, "umfasst nicht: interne"),
    ],
)
def test_what_is_not_covered_is_refused_and_said(rows, how, said):
    basis = asked(*rows, **how)
    assert not basis.allowed and basis.consent_id is None and said in basis.sentence


@pytest.mark.parametrize(
    ("rows", "how"),
    [
        ([sheet()], {}),
        ([sheet()], {"released": ON + timedelta(days=1)}),
        ([sheet(beyond_release=True)], {"released": ON}),
        ([sheet(given_on=ON)], {"released": ON}),
        ([sheet(expires_on=ON)], {}),
        ([sheet(direction=Direction.BOTH)], {"asking": True}),
        ([SECRET, UNSEALED], {"what": C.HEALTH}),
        ([sheet(withdrawn_on=ON, given_on=date(2026, 9, 1)), sheet(pk=3)], {}),
    ],
)
def test_what_is_covered_is_allowed_with_its_consent(rows, how):
    basis = asked(*rows, **how)
    assert basis.allowed and basis.consent_id and "Zweck: Schulden" in basis.sentence


@pytest.fixture
def case(people):
    return case_for(people.alma)


@pytest.fixture
def partner(people):
    return get_institution("anbieter-beispiel")


@pytest.fixture
def alma(people, case, act_as):
    with act_as(people.alma) as actor:
        yield actor


def record(actor, case, partner, **changed):
    values = {
        "purpose": ConsentPurpose.SHARING,
        "given_on": TODAY,
        "text_version": "2026-1",
        "on_paper": True,
        "recipient_id": partner.pk,
        "categories": C.IDENTITY,
        "aim": "Schulden",
        "direction": Direction.GIVE,
    }
    return record_consent(actor=actor, dossier_id=case.dossier_id, now=NOW, **(values | changed))


def open_kinds(case):
    rows = Item.objects.unscoped(because="Test").filter(dossier_id=case.dossier_id, state="OPEN")
    return set(rows.values_list("kind", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [({"categories": C(0)}, "categories"), ({"aim": " "}, "aim"), ({"direction": None}, "direction"),
     ({"expires_on": TODAY - timedelta(days=1)}, "expires_on"), ({"recipient_id": None}, "recipient")],
)  # fmt: skip
def test_a_sheet_without_its_scope_is_refused(alma, case, partner, changed, field):
    with pytest.raises(Invalid) as refused:
        record(alma, case, partner, **changed)
    assert refused.value.field == field


@pytest.mark.django_db
def test_a_newer_sheet_replaces_the_older_and_voiding_it_brings_the_older_back(alma, case, partner):
    old = record(alma, case, partner)
    new = record(alma, case, partner, categories=C.PLAN)

    def may(what):
        return sharing_basis(alma, case.dossier_id, partner.pk, what, TODAY, None).consent_id

    assert (may(C.IDENTITY), may(C.PLAN)) == (None, new.pk)
    void_consent(actor=alma, consent_id=new.pk, because="falsches Blatt", now=NOW)
    assert (may(C.IDENTITY), may(C.PLAN)) == (old.pk, None)


@pytest.mark.django_db
def test_withdrawal_ends_it_at_once_and_asks_for_what_follows(alma, case, partner):
    consent = record(alma, case, partner, expires_on=TODAY + timedelta(days=90))
    assert "cases.consent_expires" in open_kinds(case)
    withdraw_consent(actor=alma, consent_id=consent.pk, withdrawn_on=TODAY, channel=Channel.PHONE, now=NOW)
    basis = sharing_basis(alma, case.dossier_id, partner.pk, C.IDENTITY, TODAY, None)
    assert not basis.allowed and "widerrufen" in basis.sentence
    assert "cases.consent_withdrawn" in open_kinds(case) and "cases.consent_expires" not in open_kinds(case)
