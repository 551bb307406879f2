"""Files as offices, and attackers, make them: an XLSX is written by hand so that it may be wrong on purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# Style 1 is a day, 2 a number with five digits, 3 a time of day, 4 a day in a German form.
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="2"><numFmt numFmtId="164" formatCode="00000"/>'
    '<numFmt numFmtId="165" formatCode="[$-407]dd\\.mm\\.yyyy;@"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/>'
    '<xf numFmtId="165"/></cellXfs></styleSheet>'
)


def text(value: str) -> str:
    """The inside of a text cell without its place."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: object, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def rows(*lines: Sequence[str]) -> str:
    """Sheet data; what begins with "<" is taken as a cell, everything else as its text."""
    done = []
    for line in lines:
        cells = "".join(cell if cell.startswith("<") else text(cell) for cell in line)
        done.append(f"<row>{cells}</row>")
    return "".join(done)


def _types(sheets: int) -> str:
    parts = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    parts |= {f"worksheets/sheet{place}": "worksheet" for place in range(1, sheets + 1)}
    told = (f'<Override PartName="/xl/{name}.xml" ContentType="{TYPE}{kind}+xml"/>' for name, kind in parts.items())
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{"".join(told)}</Types>'


def xlsx(
    *sheets: str | tuple[str, str],
    after: str = "",
    properties: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A workbook. A sheet is its rows, or (state, rows). ``extra`` adds or replaces parts."""
    named = [sheet if isinstance(sheet, tuple) else ("visible", sheet) for sheet in sheets]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(len(named)),
        "_rels/.rels": f'<Relationships {PACKAGE}><Relationship Id="r1" Type="{KIND}officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {MAIN} {RELATIONS}><workbookPr {properties}/><sheets>"
        + "".join(
            f'<sheet name="Blatt {place}" sheetId="{place}" state="{state}" r:id="rId{place}"/>'
            for place, (state, _) in enumerate(named, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}>"
        + "".join(
            f'<Relationship Id="rId{place}" Type="{KIND}worksheet" Target="worksheets/sheet{place}.xml"/>'
            for place in range(1, len(named) + 1)
        )
        + f'<Relationship Id="s" Type="{KIND}styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{KIND}sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>geteilt</t></si><si><r><t>Fa</t></r><r><t>rn</t></r>"
        '<rPh sb="0" eb="1"><t>falsch</t></rPh></si></sst>',
    }
    for place, (_, data) in enumerate(named, 1):
        parts[f"xl/worksheets/sheet{place}.xml"] = f"<worksheet {MAIN}><sheetData>{data}</sheetData>{after}</worksheet>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, content in {**parts, **(extra or {})}.items():
            archive.writestr(name, content)
    return written.getvalue()
