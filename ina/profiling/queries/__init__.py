"""What profilings found, and what is known about the person. Visible rows only."""

from ina.profiling.queries.comparison import Comparison, Side, comparison_of
from ina.profiling.queries.profilings import (
    COUNTS,
    FindingRow,
    ProfilingCount,
    ProfilingRow,
    counts_from,
    latest_profiling,
    list_profilings,
)
from ina.profiling.queries.sheet import SHEET, Held, Sheet, read_sheet, sheet_from

__all__ = [
    "COUNTS",
    "SHEET",
    "Comparison",
    "FindingRow",
    "Held",
    "ProfilingCount",
    "ProfilingRow",
    "Sheet",
    "Side",
    "comparison_of",
    "counts_from",
    "latest_profiling",
    "list_profilings",
    "read_sheet",
    "sheet_from",
]
