"""XLSX: what cells mean, which sheet is read, and what a hostile file may not do."""

import io
import time
import zipfile
from datetime import date

import pytest

from ina.exchange.dates import day_of_serial
from ina.exchange.tables import Unusable, read_table
from tests.exchange.files import MAIN, number, rows, text, xlsx

HEAD = ("Name", "Nummer")


def read(content: bytes):
    return read_table(content, lambda heading: heading in ("Name", "Nummer", "Tag"))


def cell(inside: str, **options):
    """The value that one cell is read as, and what is said of it."""
    table = read(xlsx(rows(HEAD, ("x", inside)), **options))
    return table.rows[0][1][1], table.faults_in(2).get(1, "")


@pytest.mark.parametrize(
    ("inside", "value"),
    [
        (number("123"), "123"),
        (number("123.0"), "123"),
        (number("1.23E+3"), "1230"),
        (number("0.30000000000000004"), "0.3"),
        (number("123", 2), "00123"),
        (number("46388", 1), "2027-01-01"),
        (number("46388.75", 4), "2027-01-01"),
        (number("0.5", 3), "12:00:00"),
        ('<c t="s"><v>0</v></c>', "geteilt"),
        ('<c t="s"><v>1</v></c>', "Farn"),
        ('<c t="b"><v>1</v></c>', "WAHR"),
        ('<c t="d"><v>2027-01-01T00:00:00</v></c>', "2027-01-01"),
        ('<c t="str"><f>A1&amp;""</f><v>fertig</v></c>', "fertig"),
        ('<c t="str"><f>""</f><v></v></c>', ""),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        (text("  00123/26 \u200b"), "00123/26"),
        (text("a_x000D_\n_x0041_b"), "a\nAb"),
        (text("=1+1"), "=1+1"),
        ("<c/>", ""),
    ],
)
def test_cells(inside, value):
    assert cell(inside) == (value, "")


def test_days_from_1904():
    assert cell(number("44926", 1), properties='date1904="1"') == ("2027-01-01", "")
    assert read(xlsx(rows(HEAD), properties='date1904="1"')).dates_from_1904
    assert not read(xlsx(rows(HEAD))).dates_from_1904


def test_the_leap_day_that_never_was():
    assert day_of_serial(1, from_1904=False) == date(1900, 1, 1)
    assert day_of_serial(59, from_1904=False) == date(1900, 2, 28)
    assert day_of_serial(61, from_1904=False) == date(1900, 3, 1)
    assert day_of_serial(1, from_1904=True) == date(1904, 1, 2)
    assert day_of_serial(2_999_999, from_1904=False) is None


@pytest.mark.parametrize("inside", ["<c><f>A9</f></c>", "<c><f>A9</f><v/></c>", '<c s="1"><f>HEUTE()</f></c>'])
def test_a_formula_without_a_result_is_empty_and_said(inside):
    value, said = cell(inside)
    assert value == "" and "Formel ohne gespeichertes Ergebnis" in said


def test_an_error_of_excel_is_said():
    value, said = cell('<c t="e"><v>#N/A</v></c>')
    assert value == "" and "Fehler von Excel" in said


def test_places_of_cells_and_rows_count_and_nothing_shifts():
    data = (
        '<row r="3"><c r="B3" t="inlineStr"><is><t>Name</t></is></c>'
        '<c r="D3" t="inlineStr"><is><t>Nummer</t></is></c></row>'
        '<row r="7"><c r="D7"><v>5</v></c><c r="F7"><v>9</v></c></row>'
    )
    table = read(xlsx(data))
    assert (table.heading, table.heading_row) == (("", "Name", "", "Nummer"), 3)
    assert (table.rows, table.unnamed) == (((7, ("", "", "", "5")),), 2)


def test_hidden_sheets_are_ignored_and_the_first_with_a_heading_is_taken():
    secret, cover = rows(HEAD, ("geheim", "1")), rows(("Deckblatt",))
    table = read(xlsx(("hidden", secret), ("veryHidden", secret), "", cover, rows(HEAD, ("Farn", "2"))))
    assert table.rows == ((2, ("Farn", "2")),)
    with pytest.raises(Unusable, match="Kein sichtbares Tabellenblatt"):
        read(xlsx(("hidden", secret)))


def test_prefixed_names_and_a_workbook_of_another_name():
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN[7:-1]}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c>'
    )
    sheet += '<x:c t="inlineStr"><x:is><x:t>Nummer</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx("", extra={"xl/worksheets/sheet1.xml": sheet}))) as old,
        zipfile.ZipFile(content, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name).replace(b"workbook.xml", b"workbook22.xml")
            new.writestr(name.replace("workbook.xml", "workbook22.xml"), data)
    assert read(content.getvalue()).heading == HEAD


def packed(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (packed(content_xml="<x/>"), "LibreOffice"),
        (packed(word__document_xml="<x/>"), "Word"),
        (packed(xl__workbook_bin="x"), "xlsb"),
        (packed(liste_csv="a;b"), "ZIP-Archiv"),
        (b"PK\x03\x04 nichts", "beschädigt"),
        (xlsx("<row r='1048577'/>"), "beschädigt"),
        (xlsx('<row><c r="1"><v>1</v></c></row>'), "beschädigt"),
        (xlsx('<row><c t="s"><v>99</v></c></row>'), "beschädigt"),
        (xlsx("<row><c><v>x</v></c></row>"), "beschädigt"),
        (xlsx("<row><c>"), "beschädigt"),
        (xlsx('<row r="1"><c r="GS1"><v>1</v></c></row>'), "200 Spalten"),
        (xlsx("", extra={"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "Anweisungen"),
        (xlsx("", extra={"xl/worksheets/sheet1.xml": "<a b='" + "x" * 1_200_000 + "'/>"}), "beschädigt"),
        (xlsx("", compression=zipfile.ZIP_BZIP2), "ungewöhnliche Weise gepackt"),
    ],
)
def test_broken_and_foreign_files_are_refused_with_advice(content, said):
    with pytest.raises(Unusable, match=said):
        read(content)


def test_two_cells_at_the_corners_do_not_claim_memory():
    """Such a file of a few hundred bytes ends the process of a reader that lays out the whole sheet."""
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="GR1048576"><v>1</v></c></row>'
    assert len(read(xlsx(data)).rows) == 1


def test_zip_bombs_are_refused_quickly():
    begin = time.perf_counter()
    with pytest.raises(Unusable, match="ausgepackt zu groß"):
        read(xlsx("", extra={"xl/worksheets/sheet1.xml": b"<a>" + b"<b/>" * 10_000_000}))
    many = {f"xl/media/{place}.png": b"" for place in range(2_001)}
    with pytest.raises(Unusable, match="ausgepackt zu groß"):
        read(xlsx("", extra=many))
    assert time.perf_counter() - begin < 3


@pytest.mark.parametrize(
    "bomb",
    [
        b"<row>" + b"<c/>" * 1_000_000,
        b"<row/>" * 4_000_000,
        b"<mergeCells>" + b'<mergeCell ref="A1:A2"/>' * 500_000,
    ],
)
def test_what_the_library_would_hold_in_memory_at_once_is_refused_before(bomb):
    sheet = f"<worksheet {MAIN}><sheetData>".encode() + bomb
    begin = time.process_time()
    with pytest.raises(Unusable, match="ausgepackt zu groß"):
        read(xlsx("", extra={"xl/worksheets/sheet1.xml": sheet}))
    assert time.process_time() - begin < 3


def test_what_stands_right_of_the_last_column_allowed_is_left_out():
    table = read(xlsx(rows(HEAD, ("Farn", "1")) + '<row r="3"><c r="XFD3"><v>1</v></c></row>'))
    assert table.rows == ((2, ("Farn", "1")),)


def test_a_part_that_declares_less_than_it_unpacks_to_is_refused():
    content = bytearray(xlsx(rows(HEAD)))
    sound = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    size = sound.file_size.to_bytes(4, "little")
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46 + 24
    assert content[at : at + 4] == size
    content[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Unusable, match="beschädigt"):
        read(bytes(content))


def test_a_part_with_a_password_is_refused():
    content = bytearray(xlsx(rows(HEAD)))
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46 + 8
    content[at] |= 1
    with pytest.raises(Unusable, match="Kennwort"):
        read(bytes(content))
