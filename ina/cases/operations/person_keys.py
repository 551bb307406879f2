"""By which keys a person is recognised across walls, and found in lists: written whenever a name, an alias or the place
of birth changes.

Part of other operations, never on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import connection

from ina.base.actor import Actor
from ina.cases.models import Worklist
from ina.cases.queries.people import keys_of, sheet_of_file
from ina.cases.rules.finding import find_keys
from ina.cases.rules.likeness import Sheet


def remember_keys(sheets: Mapping[int, Sheet]) -> None:
    """Keys of people by the id of their dossier, in one statement however many: for new files.

    A caller who does not see them is turned away by the database.
    """
    _write({dossier_id: keys_of(sheet) for dossier_id, sheet in sheets.items()}, of_former=False)


def refresh_keys(actor: Actor, dossier_id: int) -> None:
    """Keys of a person whose names changed. What only a hidden former name gives stays, if the actor cannot see it."""
    sheet = sheet_of_file(actor, dossier_id)
    known = keys_of(replace(sheet, former=()))
    _write({dossier_id: known}, of_former=False)
    if sheet.former:
        _write({dossier_id: sorted(set(keys_of(sheet)) - set(known))}, of_former=True)
    # Lists are searched by whoever sees the row: never by a name under the ban on disclosure.
    rows = Worklist.objects.unscoped(because="Teil einer Operation, die die Person schon geladen hat")
    others = [sheet.birth_name, *sheet.aliases]
    rows.filter(dossier_id=dossier_id).update(find_keys=find_keys(sheet.surname, sheet.given_name, others))


def _write(keys: Mapping[int, list[tuple[str, str]]], *, of_former: bool) -> None:
    rows = [(dossier_id, kind, value) for dossier_id, pairs in keys.items() for kind, value in pairs]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cases_set_person_keys(%s, %s, %s, %s, %s)",
            [list(keys), of_former, *([row[place] for row in rows] for place in range(3))],
        )
