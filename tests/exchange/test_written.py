"""CSV that goes out: the mark, semicolons, no formula, in pieces."""

from ina.exchange.written import AT_ONCE, written


def test_the_first_piece_has_the_mark_and_the_headings():
    (piece,) = written(("Name", "Ort"), [])
    assert piece == "\N{ZERO WIDTH NO-BREAK SPACE}Name;Ort\r\n".encode()


def test_cells_with_separators_are_quoted_and_formulas_are_text():
    text = b"".join(written(("a",), [('x;"y"', "=1+1"), ("+49", "ä")])).decode("utf-8-sig")
    assert text.splitlines() == ["a", '"x;""y""";\'=1+1', "'+49;ä"]


def test_rows_come_in_pieces_and_are_not_read_ahead():
    asked = []

    def rows():
        for number in range(AT_ONCE * 2):
            asked.append(number)
            yield (str(number),)

    pieces = written(("n",), rows())
    next(pieces)
    assert len(asked) == AT_ONCE
    assert b"".join(pieces).count(b"\r\n") == AT_ONCE
