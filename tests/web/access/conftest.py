"""The same fixtures as the pages of the case."""

from tests.web.cases.conftest import alma, case, statements, today, words  # noqa: F401
