"""Files that somebody brings: known by their content, never by their name; what could do harm is refused.

PDF, JPEG and PNG are taken. Pictures are drawn anew, so that only the picture stays (no place, no camera,
nothing hidden behind it). PDFs are kept as they are, hence those that can act, carry files or are locked are refused.
"""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from ina.base.errors import Invalid
from ina.documents.enums import Scan

MAX_PIXELS = 60_000_000
MAX_PAGES = 300
MAX_OBJECTS = 100_000
TEST_VIRUS = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
# What a PDF may not bring: things that act by themselves, reach out, or carry other files.
ACTING = """/JS /JavaScript /Launch /EmbeddedFile /EmbeddedFiles /AF /RichMedia /XFA /AA /SubmitForm /ImportData /GoToR
/GoToE /Movie /Sound /Rendition /Filespec"""
ACTIONS = frozenset(ACTING.split())
OTHERS = (
    (b"PK\x03\x04", "Das ist ein Archiv oder ein Office-Dokument."),
    (b"MZ", "Das ist ein Programm."),
    (b"\x7fELF", "Das ist ein Programm."),
    (b"\xd0\xcf\x11\xe0", "Das ist ein altes Office-Dokument."),
    (b"GIF8", "Das ist ein GIF."),
    (b"II*\x00", "Das ist ein TIFF."),
    (b"MM\x00*", "Das ist ein TIFF."),
)
TAKEN = "Bitte als PDF, JPEG oder PNG hochladen."
NESTED = (IndirectObject, DictionaryObject, ArrayObject)
CHUNK = 1 << 16
SECONDS = 20


@dataclass(frozen=True)
class Examined:
    """What is kept of a file: its type by content, the bytes (pictures drawn anew), pages."""

    media_type: str
    content: bytes
    pages: int


def examine(content: bytes) -> Examined:
    """Raises Invalid (field ``file``) with what is wrong and what to do."""
    if not content:
        raise _wrong("Die Datei ist leer.")
    most = settings.UPLOAD_MAX_BYTES
    if len(content) > most:
        raise _wrong(f"Die Datei ist größer als {most // 1_000_000} MB. Bitte kleiner scannen (schwarz-weiß, 200 dpi).")
    if TEST_VIRUS in content:
        raise _wrong("Der Virenscanner meldet: EICAR-Testdatei. Die Datei wurde nicht gespeichert.")
    if content.startswith(b"%PDF-"):
        return _examined_pdf(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _drawn_anew(content, "JPEG")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _drawn_anew(content, "PNG")
    raise _wrong(f"{_named(content)} {TAKEN}")


def read_pdf(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=False)


def safe_name(title: str, media_type: str) -> str:
    """A file name without anything that a system could read as something else."""
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[media_type]
    name = re.sub(r"[^\w-]+", "_", title).strip("_")[:80]
    return f"{name or 'Dokument'}.{ending}"


def _named(content: bytes) -> str:
    for mark, sentence in OTHERS:
        if content.startswith(mark):
            return sentence
    start = content[:1024].lstrip().lower()
    if start.startswith(b"\xef\xbb\xbf"):
        start = start[3:].lstrip()
    if b"<svg" in start:
        return "Das ist eine SVG-Zeichnung; sie kann Programme enthalten."
    if b"<html" in start or b"<!doctype html" in start or b"<script" in start:
        return "Das ist eine Internetseite."
    return "Diese Art von Datei wird nicht angenommen."


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, "file")


# --- PDF


def _examined_pdf(content: bytes) -> Examined:
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise _wrong(
            "Die PDF-Datei endet mittendrin. Vielleicht brach die Übertragung ab; bitte noch einmal hochladen."
        )
    if content[end + 5 :].strip(b"\r\n\t \x00"):
        raise _wrong("Hinter der PDF-Datei hängt noch etwas anderes. Bitte neu scannen oder neu als PDF speichern.")
    if re.search(rb"<(script|html|svg)\b", content[:1024].lower()):
        raise _wrong("Die Datei ist zugleich eine Internetseite. Bitte neu scannen oder neu als PDF speichern.")
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise _wrong("Die PDF-Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.")
        pages = len(reader.pages)
        found = _active(reader)
        for page in reader.pages:
            _ = page.mediabox
    except Invalid:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise _wrong("Die PDF-Datei ist beschädigt. Bitte neu scannen oder neu als PDF speichern.") from error
    if not 0 < pages <= MAX_PAGES:
        raise _wrong(f"Die PDF-Datei hat {pages} Seiten; möglich sind 1 bis {MAX_PAGES}.")
    if found:
        raise _wrong(
            "Die PDF-Datei enthält etwas, das von selbst handeln oder andere Dateien mitbringen kann "
            f"({found.lstrip('/')}). Bitte ausdrucken und neu scannen oder neu als PDF speichern."
        )
    return Examined("application/pdf", content, pages)


def _active(reader: PdfReader) -> str:
    """The first thing that acts, "" when there is none. Walks all objects that can be reached from the trailer."""
    seen: set[int] = set()
    waiting: list = [reader.trailer]
    count = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        count += 1
        if count > MAX_OBJECTS:
            raise _wrong("Die PDF-Datei ist zu verschachtelt. Bitte ausdrucken und neu scannen.")
        if isinstance(one, DictionaryObject):
            kind, action = str(one.get("/Type", "")), str(one.get("/S", ""))
            if kind in ACTIONS or action in ACTIONS or str(one.get("/Subtype", "")) in ACTIONS | {"/FileAttachment"}:
                return kind if kind in ACTIONS else action or str(one.get("/Subtype"))
            for key in one:
                if key in ACTIONS:
                    return str(key)
            waiting.extend(value for value in one.values() if isinstance(value, NESTED))
        elif isinstance(one, ArrayObject):
            waiting.extend(value for value in one if isinstance(value, NESTED))
    return ""


# --- pictures


def _drawn_anew(content: bytes, form: str) -> Examined:
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _wrong("Das Bild hat zu viele Bildpunkte. Bitte mit 200 oder 300 dpi scannen.")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            clean = upright.convert("L" if upright.mode in ("1", "L") else "RGB")
    except Invalid:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _wrong("Das Bild ist beschädigt oder endet mittendrin. Bitte noch einmal hochladen.") from error
    # A picture made from the pixels alone carries nothing along.
    bare_picture = Image.frombytes(clean.mode, clean.size, clean.tobytes())
    out = BytesIO()
    if form == "JPEG":
        bare_picture.save(out, "JPEG", quality=88)
    else:
        bare_picture.save(out, "PNG", optimize=False)
    return Examined(f"image/{form.lower()}", out.getvalue(), 1)


# --- viruses


def scan_for_viruses(content: bytes) -> Scan:
    """Ask ClamAV over its socket, where one is set up (``CLAMAV_SOCKET``). Invalid: it found something or is silent."""
    if not settings.CLAMAV_SOCKET:
        return Scan.NOT_SCANNED
    try:
        answer = _ask_scanner(content)
    except OSError as error:
        raise _wrong(SILENT) from error
    if answer.endswith("FOUND"):
        raise _wrong("Der Virenscanner hat in dieser Datei etwas gefunden. Sie wurde nicht gespeichert.")
    if not answer.endswith("OK"):
        raise _wrong(SILENT)
    return Scan.CLEAN


SILENT = (
    "Der Virenscanner antwortet gerade nicht. Die Datei wurde nicht gespeichert; bitte in einigen Minuten noch einmal "
    "hochladen."
)


def scanner_state() -> str:
    """For the page of the installation's state: "" when it answers or none is set up, else what is wrong."""
    if not settings.CLAMAV_SOCKET:
        return ""
    try:
        return "" if _ask(b"zPING\0") == "PONG" else "Der Virenscanner antwortet anders als erwartet."
    except OSError:
        return "Der Virenscanner antwortet nicht; Dateien werden so lange nicht angenommen."


def _ask_scanner(content: bytes) -> str:
    parts = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)]
    stream = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return _ask(b"zINSTREAM\0" + stream + struct.pack(">I", 0))


def _ask(request: bytes) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as scanner:
        scanner.settimeout(SECONDS)
        scanner.connect(settings.CLAMAV_SOCKET)
        scanner.sendall(request)
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < 4096:
            part = scanner.recv(1024)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace").strip()
