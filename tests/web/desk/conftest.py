"""All pages here are read on the same day."""

import pytest


@pytest.fixture(autouse=True)
def on_that_day(today):
    return today
