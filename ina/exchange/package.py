"""What the ZIP of an Excel file may hold, looked at before a library opens it: it trusts what it is given."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from ina.exchange.limits import Unusable

# 200,000 rows of a list with 20 columns unpack to about 200 MB; lists compress 10 to 40 times.
MAX_UNPACKED, MAX_RATIO, RATIO_FROM = 250_000_000, 200, 5_000_000
MAX_PARTS, LAST_ROW = 2_000, 1_048_576
# The library holds a row, and all that stands outside of rows, at once: so many tags, so long a piece of XML.
MAX_TAGS, MAX_TAGS_AT_ONCE, MAX_TOKEN, CHUNK = 10_000_000, 200_000, 1_000_000, 65_536
TOO_LARGE = "Die Excel-Datei ist ausgepackt zu groß. Bitte nur die nötigen Spalten ausgeben oder teilen."
DAMAGED = "Die Excel-Datei ist beschädigt. Bitte in Excel öffnen und neu speichern."
# What the file is instead, by a part that only that kind has.
OTHERS = {
    "xl/workbook.bin": "Das ist eine binäre Excel-Datei (.xlsb). Bitte in Excel als .xlsx speichern.",
    "content.xml": "Das ist eine Datei von LibreOffice (.ods). Bitte als .xlsx oder als CSV in UTF-8 speichern.",
    "word/document.xml": "Das ist ein Word-Dokument. Bitte die Liste als Excel-Datei (.xlsx) oder CSV ausgeben lassen.",
}
ARCHIVE = "Das ist ein ZIP-Archiv. Bitte auspacken und die Liste selbst (.xlsx oder .csv) auswählen."


def check_package(content: bytes) -> bool:
    """Refuse what is no workbook of bearable size; answers whether a sheet holds formulas. Raises Unusable."""
    has_formulas, unpacked = False, 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Unusable(TOO_LARGE)
        if any(part.flag_bits & 1 for part in parts):
            raise Unusable("Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.")
        names = set(archive.namelist())
        if not any(name.startswith("xl/") and name.endswith(".xml") for name in names) or "xl/workbook.bin" in names:
            raise Unusable(next((said for name, said in OTHERS.items() if name in names), ARCHIVE))
        for part in parts:
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unusable("Die Excel-Datei ist auf ungewöhnliche Weise gepackt. Bitte in Excel neu speichern.")
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    size, formulas = _check_part(_chunks(opened), part)
                unpacked, has_formulas = unpacked + size, has_formulas or formulas
                if unpacked > MAX_UNPACKED:
                    raise Unusable(TOO_LARGE)
    return has_formulas


def _chunks(opened: IO[bytes]) -> Iterator[bytes]:
    while chunk := opened.read(CHUNK):
        yield chunk


def _check_part(chunks: Iterable[bytes], part: zipfile.ZipInfo) -> tuple[int, bool]:
    """What the part really unpacks to, whatever it declares, and whether it holds formulas."""
    size = tags = rows = at_once = token = 0
    formulas, before = False, b""
    for chunk in chunks:
        size += len(chunk)
        piece = before + chunk
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise Unusable("Die Excel-Datei enthält Anweisungen, die in eine Liste nicht gehören. Bitte neu speichern.")
        formulas = formulas or bool(re.search(rb"<(?:\w+:)?f[ />]", piece))
        tags, rows = tags + chunk.count(b"<"), rows + piece.count(b"row ") + piece.count(b"row>")
        last = max(chunk.rfind(b"<row"), chunk.rfind(b":row"))
        at_once = chunk.count(b"<", last) if last >= 0 else at_once + chunk.count(b"<")
        token = len(chunk) - chunk.rfind(b">") if b">" in chunk else token + len(chunk)
        is_sheet = "/worksheets/" in part.filename
        bearable = at_once <= MAX_TAGS_AT_ONCE and rows <= 3 * LAST_ROW if is_sheet else tags <= MAX_TAGS
        if not bearable:
            raise Unusable(TOO_LARGE)
        if size > MAX_UNPACKED or (size > RATIO_FROM and size > MAX_RATIO * max(part.compress_size, 1)):
            raise Unusable(TOO_LARGE)
        if token > MAX_TOKEN:
            raise Unusable(DAMAGED)
        before = chunk[-16:]
    return size, formulas
