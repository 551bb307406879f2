"""Every write of the reference data: dated facts, places, pages, occupations."""

from ina.reference.operations.facts import (
    PlaceImport,
    add_code,
    correct_parameter,
    correct_term,
    edit_page,
    end_code,
    import_places,
    rename_code,
    set_parameter,
)
from ina.reference.operations.occupations import OccupationImport, import_occupations

__all__ = [
    "OccupationImport",
    "PlaceImport",
    "add_code",
    "correct_parameter",
    "correct_term",
    "edit_page",
    "end_code",
    "import_occupations",
    "import_places",
    "rename_code",
    "set_parameter",
]
