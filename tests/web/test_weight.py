"""What the pages that people open all day weigh, so that a slow line of an office outside still carries them.

A list grows with its rows alone; the frame around it does not. Fifty rows are a page.
"""

from __future__ import annotations

import pytest

from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db

KILOBYTE = 1024
# (address, bytes without rows, bytes that a case adds: one row, of tasks several)
LISTS = {
    "alma": (("/faelle/", 18, 2), ("/heute/", 24, 3), ("/aufgaben/", 14, 4)),
    "jan": (("/faelle/", 22, 2), ("/heute/", 30, 3)),
    "hanna": (("/faelle/", 18, 2), ("/heute/", 24, 3)),
}
PAGES = [(who, *page) for who, pages in LISTS.items() for page in pages]
FILE = {"": 40, "aufgaben/": 36, "kontakte/": 24, "termine/": 32, "plan/": 32, "person/": 32}


@pytest.mark.parametrize(("who", "url", "frame", "row"), PAGES)
def test_a_list_is_a_light_frame_and_light_rows(people, client_of, who, url, frame, row):
    client = client_of(people[who])
    case_for(people.alma)
    one = len(client.get(url).content)
    for _ in range(3):
        case_for(people.alma)
    four = len(client.get(url).content)
    assert one <= (frame + row) * KILOBYTE
    assert (four - one) / 3 <= row * KILOBYTE


@pytest.mark.parametrize(("page", "most"), FILE.items())
def test_a_page_of_a_file_is_light(alma, case, page, most):
    answer = alma.get(f"/akten/{case.number}/{page}")
    assert answer.status_code == 200 and len(answer.content) <= most * KILOBYTE
