"""Pages: a case of Alma's, her client, and how many statements an answer takes."""

import html
import re
from contextlib import contextmanager

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories.cases import case_for

BOOKKEEPING = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@pytest.fixture
def today(clock):
    """Pages of files and lists are read on Monday, 23 November 2026."""
    return clock.moment.date()


@pytest.fixture
def alma(people, client_of):
    return client_of(people.alma)


@pytest.fixture
def case(people):
    """An admitted case that Alma leads."""
    return case_for(people.alma, surname="Beinwell", given_name="Robin")


@pytest.fixture
def statements():
    """``with statements() as count: …; count()`` — statements on all connections, without savepoints."""

    @contextmanager
    def counting():
        with (
            CaptureQueriesContext(connections["default"]) as working,
            CaptureQueriesContext(connections["log"]) as logging,
        ):
            yield lambda: sum(
                not each["sql"].startswith(BOOKKEEPING)
                for each in [*working.captured_queries, *logging.captured_queries]
            )

    return counting


@pytest.fixture
def undo_of():
    """Address and fields of the button that takes back what a page says has happened; None: there is none."""

    def read(response) -> tuple[str, dict[str, str]] | None:
        form = re.search(
            r'<form class="ina-undo"[^>]*action="([^"]+)">(.*?)</form>', response.content.decode(), re.DOTALL
        )
        if form is None:
            return None
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[2])
        return html.unescape(form[1]), {name: html.unescape(value) for name, value in fields}

    return read


@pytest.fixture
def words():
    """The text of an answer as a reader sees it, in one line."""

    def read(response) -> str:
        text = re.sub(r"<(script|title)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&quot;", '"').split())

    return read
