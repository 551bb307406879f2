"""One reader: encodings, separators, where the heading stands, what is refused, what is said about a row."""

import io
import time

import pytest

from ina.exchange.tables import MAX_BYTES, RowError, Unusable, read_content, read_table

KNOWN = {"name", "nummer", "größe"}


def knows(heading: str) -> bool:
    return heading.casefold() in KNOWN


def read(content: bytes | str):
    return read_table(content.encode() if isinstance(content, str) else content, knows)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"]
)
@pytest.mark.parametrize("separator", list(";,\t|"))
def test_encodings_and_separators(encoding, separator):
    lines = [["Name", "Nummer", "Größe"], ["Öztürk", "0012", "5ß"], ["Groß", "7", ""]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    table = read(content)
    assert table.heading == ("Name", "Nummer", "Größe")
    assert table.rows == ((2, ("Öztürk", "0012", "5ß")), (3, ("Groß", "7", "")))


def test_utf16_of_the_other_end_with_its_mark():
    assert read(b"\xfe\xff" + "Name;Nummer\nÄ;1".encode("utf-16-be")).rows == ((2, ("Ä", "1")),)


def test_separators_in_quotes_do_not_mislead():
    table = read('"Name, Ort, Land, Erdteil";Nummer;Name\n"a, b, c, d";1;x\n"e, f, g, h";2;y\n')
    assert table.rows[0] == (2, ("a, b, c, d", "1", "x"))


def test_the_line_in_which_excel_names_the_separator_is_no_heading():
    table = read("sep=;\r\nName;Nummer\r\nFarn;1\r\n")
    assert (table.heading, table.heading_row, table.rows) == (("Name", "Nummer"), 2, ((3, ("Farn", "1")),))


def test_a_line_break_in_quotes_stays_in_its_cell_and_rows_are_counted_as_excel_does():
    table = read('Name;"Num-\nmer"\n"Farn\n\nKilian";1\nLinde;2\n')
    assert table.rows == ((2, ("Farn\nKilian", "1")), (3, ("Linde", "2")))


def test_titles_and_empty_lines_above_the_heading():
    table = read("Liste JVA Düsseldorf, Stand 20.11.2026;;\n\n;Name der Anstalt;\n\nName;Nummer;Größe\nFarn;1;2\n")
    assert (table.heading_row, table.rows) == (5, ((6, ("Farn", "1", "2")),))


def test_the_first_filled_row_is_the_heading_when_nothing_is_known():
    assert read_table(b"\n\na;b\n1;2\n").rows == ((4, ("1", "2")),)


def test_a_heading_below_the_twentieth_row_is_not_looked_for():
    assert read("x;y\n" * 20 + "Name;Nummer\n").heading == ("x", "y")


def test_too_few_cells_are_empty_and_too_many_are_an_error_without_values():
    table = read("Name;Nummer;Größe\nFarn;1\nLinde;2;3;geheim\nUlme;4;5;;;\n")
    assert table.rows == ((2, ("Farn", "1", "")), (4, ("Ulme", "4", "5")))
    assert table.short == {2}
    assert table.errors == (RowError(3, "", "", "Die Zeile hat 4 Spalten, die Überschrift nur 3."),)


def test_what_cannot_be_seen_is_taken_out():
    raw = "\u202eFa\u200brn\u00ad\u2066 \u00a0\u2007 Ki\x07lian\ufeff\x1b[31m"
    assert read(f"Name;Nummer\n{raw};\u00a07\u00a0\n").rows == ((2, ("Farn Kilian[31m", "7")),)


def test_composed_and_decomposed_letters_are_the_same():
    assert read("Name;Nummer\nMu\u0308ller;1\n").rows[0][1][0] == "Müller"


@pytest.mark.parametrize("value", ["=1+1", "+49", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("x")'])
def test_formulas_are_text(value):
    quoted = '"' + value.replace('"', '""') + '"'
    assert read(f"Name;Nummer\n{quoted};1\n").rows[0][1][0] == value


def test_zeros_kept_by_a_constant_are_read():
    assert read('Name;Nummer\nFarn;="00123"\n').rows[0][1][1] == "00123"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leer"),
        (b" \r\n\t\n", "leer"),
        (b";;;\n;;\n", "leer"),
        (b"\xef\xbb\xbf", "leer"),
        (b"Name;Nummer\nFa\x00rn;1\n", r"Nullzeichen \(zuerst in der Zeile 2\)"),
        (b"\x00\x01", "Nullzeichen"),
        (b'Name;Nummer\nFarn;1\n"Linde;2\nUlme;3\n', "Zeile 3 stimmen die Anführungszeichen nicht"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"\xef\xbb\xbf \n<html><table>", "HTML"),
        (b"<?xml version='1.0'?><Workbook/>", "HTML oder XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
        ("Name;Nummer\nÖ".encode()[:-1] + b";\xc3\xbc\xff\n", "mischt"),
        (b"Name;Nummer\n\x81\x8d;1\n", "nicht lesbar"),
        (b"\xff\xfeN\x00a\x00\x00", "nicht lesbar"),
        (b"Name" + b";x" * 201, "200 Spalten"),
        (b"Name;Nummer\n" + b"a;b\n" * 200_001, "zu viele Zeilen"),
        (b"Name;" + b"x" * 140_000, "CSV"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(content, said):
    with pytest.raises(Unusable, match=said):
        read(content)


def test_too_large_a_file_is_refused_before_it_is_in_memory():
    class Endless(io.BytesIO):
        asked = 0

        def read(self, size=-1):
            assert 0 < size <= MAX_BYTES + 1
            self.asked += size
            return b"x" * size

    file = Endless()
    with pytest.raises(Unusable, match="50 MB"):
        read_content(file)
    assert file.asked == MAX_BYTES + 1
    begin = time.perf_counter()
    with pytest.raises(Unusable, match="50 MB"):
        read_table(b"x" * (MAX_BYTES + 1))
    assert time.perf_counter() - begin < 0.5
    assert read_content(io.BytesIO(b"a;b")) == b"a;b"


def test_a_message_shows_little_and_nothing_dangerous():
    error = RowError(2, "Na\nme", "\x1b[2J" + "ä" * 500 + "\u202e", "falsch")
    assert error.column == "Na me"
    assert error.value == "[2J" + "ä" * 37 + "…"
