"""The shell is tested with pages of its own: addresses and templates of tests/web/shell."""

from copy import deepcopy
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def probes(settings):
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates", *templates[0].get("DIRS", [])]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.web.shell.urls"
