"""Offers as a file: what goes out comes in again, no cell computes, and a wrong row says where and why."""

import pytest

from ina.exchange.offers import HEADINGS, offers_csv, read_offers
from ina.exchange.tables import Unusable
from tests.network.offers import MANAGER, a_partner, an_offer

HEAD = "Nummer;Schlüssel der Stelle;Angebot;hilft bei;Phasen;Gebiet;Plätze;Kosten"


def read(*lines, head=HEAD, encoding="utf-8"):
    return read_offers("\n".join((head, *lines)).encode(encoding))


def said(*lines, **given):
    return [(error.row, error.column) for error in read(*lines, **given).errors]


def test_what_is_understood():
    (line,) = read("12;haus-a;Beratung;R4, r1;AFTERCARE;05111 05113;7;keine").lines
    assert (line.row, line.number, line.institution_key, line.title) == (2, 12, "haus-a", "Beratung")
    assert line.fields == {
        "needs": ["R1", "R4"],
        "phases": ["AFTERCARE"],
        "area": ["05111", "05113"],
        "capacity": 7,
        "costs": "keine",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_files_of_a_spreadsheet(encoding):
    (line,) = read(";haus-a;Schuldnerberatung für Männer;R4;CUSTODY;;;", encoding=encoding).lines
    assert line.title == "Schuldnerberatung für Männer"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("x;haus-a;B;R4;CUSTODY;;;", "Nummer"),
        (";;B;R4;CUSTODY;;;", "Schlüssel der Stelle"),
        (";haus-a;;R4;CUSTODY;;;", "Angebot"),
        (";haus-a;B;R99;CUSTODY;;;", "hilft bei"),
        (";haus-a;B;R4;IRGENDWANN;;;", "Phasen"),
        (";haus-a;B;R4;CUSTODY;11000;;", "Gebiet"),
        (";haus-a;B;R4;CUSTODY;;viele;", "Plätze"),
        (";haus-a;B;R4;CUSTODY;;-3;", "Plätze"),
        (";haus-a;=cmd|' /C calc'!A0;R4;CUSTODY;;;", "Angebot"),
        (";haus-a;B;R4;CUSTODY;;;@SUM(A1)", "Kosten"),
        (";haus-a;B;R4;CUSTODY;;;+HYPERLINK(1)", "Kosten"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(row, column):
    assert said(";haus-a;A;R4;CUSTODY;;;", row) == [(3, column)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"Angebot;Plaetze\nBeratung;3", "Schlüssel der Stelle"),
        ("Schlüssel der Stelle;Angebot;Angebot\na;b;c".encode(), "zweimal"),
        (b"%PDF-1.7 nothing of a table", "PDF"),
        (b"x" * 1_000_001, "1 MB"),
    ],
)
def test_no_file_of_offers(content, words):
    with pytest.raises(Unusable, match=words):
        read_offers(content)


@pytest.mark.django_db
def test_what_goes_out_computes_nothing_and_comes_in_again():
    offer = an_offer(
        MANAGER,
        partner=a_partner(),
        title="=1+1",
        costs="+49 211 5550101 anrufen",
        target_group="-",
        area=["05111"],
        waiting_days=14,
    )
    offer.refresh_from_db()
    content = b"".join(offers_csv([offer]))
    text = content.decode("utf-8-sig")
    assert text.splitlines()[0].split(";") == list(HEADINGS.values())
    cells = text.splitlines()[1].split(";")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    found = read_offers(content)
    # A title that computes stays outside: it is told, not read.
    assert [(error.row, error.column) for error in found.errors] == [(2, "Angebot")]
    offer.title = "Beratung"
    (line,) = read_offers(b"".join(offers_csv([offer]))).lines
    assert line.fields["costs"] == "+49 211 5550101 anrufen" and line.fields["waiting_days"] == 14
    assert line.number == offer.number and line.fields["area"] == ["05111"]
