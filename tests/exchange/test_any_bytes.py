"""Whatever the bytes: a result or one sentence, never anything else."""

import io
import random
import time
import zipfile
from datetime import date

import pytest

from ina.exchange.places import read_places
from ina.exchange.prison_list import PrisonListFile, Unusable, read_prison_list
from ina.exchange.running_cases import read_running_cases, template
from tests.exchange.files import number, rows, text, xlsx

TODAY = date(2026, 11, 23)
LIST = (
    "Liste;;;\nName;Vorname;Geb.-Dat.;Buchnummer;TE;Suizid\n"
    "Farn;Kilian;05.05.90;1/26;24.10.2027;nein\nÖz;Ü;1.1.1980;2;offen;\n"
)
BOOK = rows(
    ("Name", "Buchnummer", "geb.", "TE"), ("Farn", number("12", 2), number("32998", 1), "offen"), (text("x"), "3")
)
SEEDS = {
    "utf-8": LIST.encode(),
    "utf-16": LIST.encode("utf-16"),
    "utf-16-le": LIST.encode("utf-16-le"),
    "cp1252": LIST.encode("cp1252"),
    "template": template(),
    "packed": xlsx(BOOK, after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
    "stored": xlsx(BOOK, ("hidden", BOOK), after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>', compression=0),
}
PIECES = [
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b";",
    b"\n",
    b"\r",
    b"=1+1",
    b"<row r='9'>",
    b"</c>",
    b"PK\x05\x06",
]
PIECES += [
    b"9" * 5_000,
    "\u202e٣²½".encode(),
    b"<v>",
    b't="s"',
    b"<!DOCTYPE a>",
    b"1e999",
    b"NaN",
    b"_xD800_",
    b"date1904",
]


def repacked(chance: random.Random) -> bytes:
    """A workbook with sound packing in which one part is mutated: checksums do not protect what is inside."""
    name = chance.choice(
        ["xl/worksheets/sheet1.xml"] * 4 + ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
    )
    with zipfile.ZipFile(io.BytesIO(SEEDS["packed"])) as archive:
        return xlsx(BOOK, extra={name: mutated(archive.read(name), chance, most=1)})


def mutated(seed: bytes, chance: random.Random, most: int = 6) -> bytes:
    content = bytearray(seed)
    for _ in range(chance.randint(1, most)):
        at, what = chance.randrange(len(content) + 1), chance.randrange(5)
        if what == 0 and at < len(content):
            content[at] = chance.randrange(256)
        elif what == 1:
            content[at:at] = chance.choice(PIECES)
        elif what == 2:
            del content[at : at + chance.randint(1, 40)]
        elif what == 3:
            content[at:at] = content[at // 2 : at // 2 + chance.randint(1, 200)]
        else:
            piece = chance.choice(PIECES)
            content[at : at + len(piece)] = piece
    return bytes(content)


@pytest.mark.parametrize("name", [*SEEDS, "repacked"])
def test_mutated_files_give_a_result_or_one_sentence(name):
    chance = random.Random(name)
    read, begin = 0, time.process_time()
    for _ in range(200):
        content = mutated(SEEDS[name], chance) if name in SEEDS else repacked(chance)
        for reader in (
            lambda content: read_prison_list(content, prison_names=(), today=TODAY),
            lambda content: read_running_cases(content, today=TODAY),
            read_places,
        ):
            try:
                found = reader(content)
            except Unusable as refused:
                assert str(refused).endswith(".")
                continue
            read += isinstance(found, PrisonListFile)
            assert "\x00" not in repr(found) and "\u202e" not in repr(found)
    # Checksums refuse nearly every change in a packed file.
    assert read > 5 or name in ("packed", "stored"), "nothing was readable: the test would show nothing"
    assert time.process_time() - begin < 20


def test_noise():
    chance = random.Random(3)
    for size in (1, 2, 3, 7, 64, 1_000, 20_000):
        for _ in range(20):
            with pytest.raises(Unusable):
                read_prison_list(chance.randbytes(size), prison_names=(), today=TODAY)
