"""Place lists: what is read, what is wrong in which row, what is no place list at all."""

import pytest

from ina.exchange.places import MAX_BYTES, RowError, Unusable, read_places
from ina.reference.rules import PlaceRow
from tests.exchange.files import number, rows, xlsx

HEADING = "plz,ort,ags,kreis_ags\n"


def test_a_list_is_read_with_leading_zeros():
    places = read_places((HEADING + "01067,Dresden,14612000,14612\n42103,Wuppertal,05124000,05124\n").encode())
    assert places.rows == (PlaceRow("01067", "Dresden", "14612000"), PlaceRow("42103", "Wuppertal", "05124000"))
    assert places.errors == ()
    assert places.rows[1].district_ags == "05124"


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffPLZ;Ort;AGS\r\n40721;Hilden;05158016\r\n".encode(),
        "Gemeindeschlüssel\tGemeinde\tPostleitzahl\n05158016\tHilden\t40721".encode(),
        b'ags,quelle,plz,ort\n05158016,"a, b",40721,"Hilden"\n\n,,,\n',
    ],
)
def test_order_separator_capitals_and_blank_lines_do_not_matter(content):
    places = read_places(content)
    assert places.rows == (PlaceRow("40721", "Hilden", "05158016"),)
    assert places.errors == ()


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("4210,Wuppertal,05124000,05124", "plz", "4210"),
        ("٤٢١٠٣,Wuppertal,05124000,05124", "plz", "٤٢١٠٣"),
        ("42103,,05124000,05124", "ort", ""),
        ("42103,Wuppertal,5124000,05124", "ags", "5124000"),
        ("42103,Wuppertal,17124000,17124", "ags", "17124000"),
        ("42103,Wuppertal,05124000,05111", "kreis_ags", "05111"),
        ("42103,Elberfeld,05124000,05124", "ort", "Elberfeld"),
        ("42103,Wuppertal", "ags", ""),
        ("42103,Wuppertal,05124000,05124,zu viel", "", ""),
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_read(line, column, value):
    places = read_places(f"{HEADING}42105,Wuppertal,05124000,05124\n{line}\n40721,Hilden,05158016,05158\n".encode())
    assert [row.postcode for row in places.rows] == ["42105", "40721"]
    (error,) = places.errors
    assert (error.row, error.column, error.value) == (3, column, value)
    assert error.message.endswith((".", "“."))


def test_other_encodings_and_excel_are_read():
    expected = (PlaceRow("40210", "Düsseldorf", "05111000"),)
    assert read_places("plz,ort,ags\n40210,Düsseldorf,05111000".encode("latin-1")).rows == expected
    content = xlsx(rows(("plz", "ort", "ags"), (number("40210"), "Düsseldorf", "05111000")))
    assert read_places(content).rows == expected


def test_a_formula_without_a_result_is_said():
    (error,) = read_places(xlsx(rows(("plz", "ort", "ags"), ("<c><f>A9</f></c>", "Hilden", "05158016")))).errors
    assert (error.row, error.column) == (2, "plz") and "Formel" in error.message


def test_the_heading_is_row_one():
    assert read_places((HEADING + "x,Ort,05124000,05124").encode()).errors == (
        RowError(2, "plz", "x", "Eine Postleitzahl hat fünf Ziffern."),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "leer"),
        (b"  \n \n", "leer"),
        (b"plz,ort\n40721,Hilden", "„ags“"),
        (b'plz,ort,ags\n40721,"Hilden,05158016', "CSV"),
        (b"\x00\x01\x02", "Nullzeichen"),
        (b"x" * (MAX_BYTES + 1), "50 MB"),
    ],
)
def test_what_is_no_place_list_is_refused_with_a_reason(content, message):
    with pytest.raises(Unusable, match=message):
        read_places(content)
