"""Numbers in editable texts that are dated facts: ``{retention_adult}`` becomes „5 Jahre“ as it holds on the day."""

from __future__ import annotations

import re
from datetime import date

from ina.reference.queries import list_parameters

PLACE = re.compile(r"\{([a-z_]{3,60})\}")


def with_facts(text: str, on: date) -> str:
    """``text`` with the values of the parameters that it names; what is no parameter stays as it was written."""
    if not PLACE.search(text):
        return text
    shown = {row.key: row.shown for row in list_parameters(on=on) if row.shown}
    return PLACE.sub(lambda place: shown.get(place[1], place[0]), text)
