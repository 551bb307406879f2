import pytest
from django.urls import reverse
from django.db import connections
from django.test.utils import CaptureQueriesContext
from tests.web.cases.test_file import contact
pytestmark = pytest.mark.django_db

@pytest.mark.parametrize("page", ["file", "contacts", "plan"])
def test_dump(alma, case, statements, page):
    for _ in range(2):
        contact(alma, case.number)
    url = reverse(page, args=[case.number])
    alma.get(url)
    from benchmarks.statements import recorded
    with recorded() as found:
        alma.get(url)
    with open(f"/tmp/filehelp/{page}.txt", "w") as f:
        for n, s in enumerate(found, 1):
            f.write(f"{n} [{s.alias}] {s.sql[:1500]} :: {s.parameters}\n\n")
