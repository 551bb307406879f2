"""Angebote, die passen: judged with sources, the fitting ones first, and the way to a proposal."""

import pytest

from tests.factories.cases import case_for
from tests.network.offers import a_partner, an_offer

pytestmark = pytest.mark.django_db(databases=["default", "log"])
GROWN_UP = {"fact": "age", "op": "at_least", "value": 18, "because": "nur Erwachsene"}
OLD = {"fact": "age", "op": "at_least", "value": 60, "because": "Seniorenberatung"}
STATEMENTS = 21
HERE = {"fact": "residence_district", "op": "one_of", "value": ["05111"], "because": "nur für die Stadt"}


def offers(people, *many):
    return [
        an_offer(
            people.alma.actor,
            partner=a_partner(f"Haus {title}"),
            title=title,
            phases=["CUSTODY", "PREPARATION"],
            criteria=criteria,
        )
        for title, criteria in many
    ]


def test_judged_in_words_the_fitting_first(people, client_of):
    made = case_for(people.alma)
    offers(people, ("Altenhilfe", [OLD]), ("Beratung", [GROWN_UP]), ("Wohnen", [HERE, GROWN_UP]))
    text = client_of(people.alma).get(f"/akten/{made.number}/netzwerk/angebote/").content.decode()
    assert text.index("Beratung</a>") < text.index("Wohnen</a>") < text.index("Altenhilfe</a>")
    assert "Alter: mindestens 60 Jahre. Hier: 32 Jahre." in text
    assert "Düsseldorf" in text and "05111. Hier" not in text
    assert "nicht bekannt" in text and "Der Wohnort ist noch unbekannt" in text


def test_the_way_to_a_proposal(people, client_of, act_as):
    made = case_for(people.alma)
    (offer,) = offers(people, ("Beratung", []))
    client = client_of(people.alma)
    assert f"?angebot={offer.number}" in client.get(f"/akten/{made.number}/netzwerk/angebote/").content.decode()
    address = f"/akten/{made.number}/netzwerk/?angebot={offer.number}"
    text = client.get(address).content.decode()
    assert f'<option value="{offer.number}" selected>' in text
    given = {
        "formular": "propose",
        "partner_key": offer.institution.key,
        "purpose": "Beratung",
        "proposed_on": "heute",
        "offer_number": str(offer.number),
    }
    assert client.post(address, given).status_code == 303
    assert "Vorschlagen" not in client_of(people.hanna).get(f"/akten/{made.number}/netzwerk/angebote/").content.decode()


def test_nonsense_in_the_filter_is_ignored(people, client_of):
    made = case_for(people.alma)
    client = client_of(people.alma)
    for query in ("bedarf=Z9", "phase=x", "kreis=1", "seite=-1", "seite=99999999", "angebot=abc"):
        assert client.get(f"/akten/{made.number}/netzwerk/angebote/?{query}").status_code == 200
    assert client.get(f"/akten/{made.number}/netzwerk/?angebot=99999999").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow_with_rows(people, client_of, rows, django_assert_num_queries):
    made = case_for(people.alma)
    offers(people, *[(f"Angebot {n}", [GROWN_UP]) for n in range(rows)])
    client = client_of(people.alma)
    client.get(f"/akten/{made.number}/netzwerk/angebote/")
    with django_assert_num_queries(STATEMENTS):
        client.get(f"/akten/{made.number}/netzwerk/angebote/")
