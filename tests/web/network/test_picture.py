"""The picture of the network: drawn, in a table, with gaps, and without small numbers."""

import pytest

from ina.network.queries import Line, PartnerRow
from ina.web.network.picture import MOST, draw, tone
from tests.network.offers import a_partner, an_offer

pytestmark = pytest.mark.django_db


def row(pk, referrals=10, **given):
    values = {"arrived": 6, "refused": 2, "ended": 0, "waiting": 2, "answer_days": 3, "arrival_days": 9}
    return PartnerRow(pk, f"k{pk}", f"Stelle {pk}", "Ort", (), referrals, **values | given)


def test_lines_are_as_wide_as_they_are_often_and_no_wider_than_the_widest():
    drawing = draw((row(1), row(2, 5)), (Line(7, "Haus", 1, 10), Line(7, "Haus", 2, 5), Line(8, "Zweites", 2, 1)))
    widths = [float(edge.width) for edge in drawing.edges]
    assert widths == sorted(widths, reverse=True) and max(widths) == 10.0 and min(widths) > 1.5
    assert len({node.y for node in drawing.houses}) == 2 and all(node.y < drawing.height for node in drawing.partners)


def test_of_many_partners_the_most_asked_are_drawn():
    drawing = draw(tuple(row(n) for n in range(40)), tuple(Line(n, f"Haus {n}", n, 3) for n in range(40)))
    assert len(drawing.partners) == len(drawing.houses) == MOST


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "good"),
        ({"arrived": 3, "refused": 3}, "fair"),
        ({"arrived": 0, "refused": 9}, "poor"),
        ({"arrived": None}, "unknown"),
        ({"arrived": 0, "refused": 0, "ended": 0}, "unknown"),
    ],
)
def test_how_well_is_told_without_colour_alone(given, expected):
    assert tone(row(1, **given).share) == expected


def test_gaps_and_an_empty_picture(people, client_of):
    an_offer(people.alma.actor, area=["05111"], needs=["R1"])
    client = client_of(people.frida)
    text = client.get("/netzwerk/bild/?kreis=05111").content.decode()
    assert "Noch keine Zahl zu zeigen" in text and "kein Angebot" in text and "nur eine Stelle" in text
    elsewhere = client.get("/netzwerk/bild/?kreis=05515").content.decode()
    assert text.count("nur eine Stelle") == 2 and elsewhere.count("nur eine Stelle") == 1
    assert client.get("/netzwerk/bild/?kreis=quatsch&nach=quatsch").status_code == 200
    assert client_of(people.ede).get("/netzwerk/bild/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow(people, client_of, rows, django_assert_max_num_queries):
    for place in range(rows):
        partner = a_partner(f"Haus {place}")
        an_offer(people.alma.actor, partner=partner)
    client = client_of(people.alma)
    with django_assert_max_num_queries(16):
        assert client.get("/netzwerk/bild/").status_code == 200
