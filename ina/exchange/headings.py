"""What clerks write above the columns of a list of people, and which of the columns is read.

The fields are those of the retrieval regulation (domain 7.0). Security notes do not belong into a carrier's system:
their column is dropped and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ina.exchange.cells import flat, squeezed
from ina.exchange.tables import Table, Unusable

# Field → headings without signs and capitals, the surest first: where two columns fit, the surer one is read.
HEADINGS: dict[str, str] = {
    "surname": "familienname nachname zuname famname nachn famn fname hausname name",
    "given_name": "vorname vornamen rufname vorn vname",
    "surname_first": (
        "namevorname namevornamen nachnamevorname familiennamevorname familiennamevornamen zunamevorname "
        "nameundvorname nachnameundvorname gefangener gefangene gefangenerin inhaftierter inhaftierte "
        "inhaftierteperson person namedesgefangenen namedergefangenen gefangenenname"
    ),
    "given_name_first": (
        "vornamename vornamenachname vornamefamilienname vorundzuname vorundnachname vornameundname "
        "vornameundnachname vorundfamilienname vollername vollstaendigername"
    ),
    "birth_name": "geburtsname gebname geborene maedchenname gebn",
    "aliases": "aliasnamen aliasname alias aliase aliaspersonalien weiterenamen auchbekanntals genannt spitzname",
    "sex": "geschlecht geschl mwd wmd sex anrede",
    "born_on": "geburtsdatum gebdatum gebdat geburtstag geborenam gebam geboren gebtag gebd gdatum gebdt geb dob",
    "birth_place": "geburtsort gebort geborenin ortdergeburt",
    "nationality": (
        "staatsangehoerigkeit staatsangehoerigkeiten staatsangeh staatsang staang nationalitaet "
        "staatsbuergerschaft nation stang"
    ),
    "prison": "jva anstalt justizvollzugsanstalt vollzugsanstalt stammanstalt haftanstalt einrichtung haftort",
    "booking_number": (
        "buchnummer gefangenenbuchnummer gefangenenbuchnr gefbuchnummer gefbuchnr gbuchnr gbnr gbn buchnr "
        "buchungsnummer buchungsnr haftbuchnummer haftbuchnr gefangenennummer gefangenennr gefnummer gefnr buno "
        "bnr buch"
    ),
    "custody_kind": "haftart artderfreiheitsentziehung freiheitsentziehung artderhaft vollzugsart strafart art",
    "enforcement_status": "vollstreckungsstand standdervollstreckung vollstrstand vollstreckung stand",
    "department": (
        "abteilung abteilunghaus hausabteilung abt hausabt abthaus vollzugsabteilung haus station bereich hafthaus flur"
    ),
    "custody_since": (
        "inhaftseit haftseit inhaftiertseit haftbeginn aufnahmeam aufnahmedatum aufgenommenam aufnahme zugangam "
        "zugangsdatum zugang aufnahmeinhaftseit aufnahmeaminhaftseit strafantritt strafbeginn tagderaufnahme "
        "inderjvaseit"
    ),
    "release_on": (
        "entlassung entlassungszeitpunkt entlassungsdatum entlassungstermin entlassungam entl entlzeitpunkt "
        "entldatum entldat entltermin entlam tagderentlassung entlassungstag haftende termin"
    ),
    "release_te": (
        "te strafende strafzeitende endederstrafe endstrafe tedatum tetermin team endstrafentermin "
        "strafzeitendete strafendete testrafende regulaeresstrafende vollverbuessung ende"
    ),
    "release_two_thirds": (
        "23 23termin 23zeitpunkt 23strafe 23datum 23verbuessung zweidrittel zweidritteltermin "
        "zweidrittelzeitpunkt 2drittel 23am 23punkt"
    ),
    "release_half": (
        "12 halbstrafe halbstrafentermin halbstrafenzeitpunkt halbstrafetermin 12termin 12zeitpunkt 12strafe "
        "12datum 12verbuessung haelfte halbzeit haelftezeitpunkt 12am"
    ),
    "release_therapy": "35btmg zurueckstellung35btmg zurueckstellung therapie35btmg",
    "release_kind": "artderentlassung entlassungsart entlassungsgrund",
    "authority": (
        "vollstreckungsbehoerde vollstrbehoerde einweisendebehoerde vollstreckungsbeh behoerde staatsanwaltschaft sta"
    ),
    "authority_reference": (
        "aktenzeichen az aktenz aktenzeichenderbehoerde aktenzeichendervollstreckungsbehoerde azvollstreckung "
        "vollstreckungsaktenzeichen azsta geschaeftszeichen gz"
    ),
}
DROPPED = re.compile(
    "sicherheit|sicherungsmass|sicherungsverf|gefahr|gefaehr|flucht|entweich|ausbr|suizid|selbstmord|selbsttoet|"
    "selbstverletz|gewalt|waffe|hinweis|warn|vermerk|absonder|trennung|fessel|bewach|staatsschutz|extremis|eigensicherung"
)
_EXPECTED = re.compile(r"voraussichtl(?:ich(?:e[rsnm]?)?)?|vorauss?l?|vsl|vstl|vrs?sl|geplante?|gepl|mutmassliche?")
_TAIL = re.compile(r"(?:der|des)gef(?:angenen(?:person)?)?$|ttmmjjjj$|datum$|am$")
LABELS = {"booking_number": "Buchnummer", "surname": "Familienname", "given_name": "Vorname", "born_on": "Geburtsdatum"}


@dataclass(frozen=True)
class Columns:
    """Which field each column holds, by its index; what was not read."""

    fields: Mapping[int, str]
    headings: Mapping[str, str]
    ignored: tuple[str, ...]
    dropped: tuple[str, ...]

    def heading_of(self, field: str) -> str:
        return self.headings.get(field, LABELS.get(field, field))


class Vocabulary:
    """Headings and the fields that they mean, for one kind of file."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self._ranks = {
            name: (field, rank)
            for field, names in reversed(list(headings.items()))
            for rank, name in enumerate(names.split())
        }

    def knows(self, heading: str) -> bool:
        return self.meaning(heading) is not None

    def meaning(self, heading: str) -> tuple[str, int] | None:
        """Field and rank (0 is surest) of a heading; None for an unknown one and for security notes."""
        if len(heading) > 120 or is_security(heading):
            return None
        whole, bare = squeezed(heading), squeezed(re.sub(r"\([^)]*\)?", "", heading))
        for name in (whole, bare):
            for candidate in (name, _EXPECTED.sub("", name, count=1) if _EXPECTED.match(name) else ""):
                if found := self._ranks.get(candidate) or self._ranks.get(_TAIL.sub("", candidate)):
                    return found
        return None

    def columns(self, table: Table) -> Columns:
        """Raises Unusable when nobody could be identified."""
        best: dict[str, tuple[int, int]] = {}
        for index, heading in enumerate(table.heading):
            if found := self.meaning(heading):
                field, rank = found
                if field not in best or rank < best[field][0]:
                    best[field] = (rank, index)
        by_index = {index: field for field, (_, index) in best.items()}
        missing = []
        if not best.keys() & {"surname", "given_name", "surname_first", "given_name_first"}:
            missing.append("Familienname")
        if "booking_number" not in best:
            missing.append("Buchnummer")
        if missing:
            raise Unusable(
                f"In der Überschrift fehlt die Spalte {' und die Spalte '.join(missing)}. "
                "Die Überschriften müssen in den ersten 20 Zeilen stehen."
            )
        unread = [(index, heading) for index, heading in enumerate(table.heading) if index not in by_index]
        unnamed = table.unnamed + sum(1 for _, heading in unread if not heading)
        ignored = [flat(heading)[:80] for _, heading in unread if heading and not is_security(heading)]
        if unnamed:
            ignored.append("1 Spalte ohne Überschrift" if unnamed == 1 else f"{unnamed} Spalten ohne Überschrift")
        return Columns(
            fields=by_index,
            headings={field: flat(table.heading[index]) for index, field in by_index.items()},
            ignored=tuple(ignored),
            dropped=tuple(flat(heading)[:80] for _, heading in unread if is_security(heading)),
        )


def is_security(heading: str) -> bool:
    return bool(DROPPED.search(squeezed(heading)))
