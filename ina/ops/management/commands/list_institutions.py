"""``script/ina list_institutions``: the stable keys of the organisations."""

from ina.base import clock
from ina.institutions.enums import Kind
from ina.institutions.queries import InstitutionRow, list_institutions
from ina.ops.answers import AnsweringCommand


class Command(AnsweringCommand):
    help = "Zeigt die Einrichtungen, die heute bestehen, mit ihren gleichbleibenden Schlüsseln."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="nur eine Art von Einrichtung")
        parser.add_argument("--search", default="", help="Wörter aus Name, Ort, Schlüssel oder Nummer")

    def handle(self, *, as_json, kind, search, **options):
        rows = list_institutions(kind=kind, search=search, on=clock.today())
        width = max((len(row.key) for row in rows), default=0)
        self.answer(
            {"institutions": [_line(row) for row in rows]},
            [f"{row.key:{width}}  {row.kind.label}  {row.name}" for row in rows] or ["Keine Einrichtung gefunden."],
            as_json=as_json,
        )


def _line(row: InstitutionRow) -> dict:
    return {
        "key": row.key,
        "kind": row.kind.value,
        "name": row.name,
        "short_name": row.short_name,
        "official_number": row.official_number,
        "town": row.town,
        "region": row.region,
        "verified_on": row.verified_on.isoformat() if row.verified_on else None,
    }
