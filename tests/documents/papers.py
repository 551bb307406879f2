"""What the tests look for in a finished PDF."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in read(pdf).pages).replace("\xa0", " ")


def assert_accessible(pdf: bytes) -> None:
    """Tagged, titled, in German, and declared as PDF/A-2a and PDF/UA-1."""
    paper = read(pdf)
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  a pypdf object, not a bool
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].lower().startswith("de")
    assert paper.metadata is not None and paper.metadata.title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    told = root["/Metadata"].get_data().decode()
    for mark in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert mark in told, mark
