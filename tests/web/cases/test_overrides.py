"""Notfall-Weitergabe: two people on two screens."""

import pytest

from tests.factories.cases import case_for
from tests.network.disclosing import PARTNER
from tests.network.test_overrides import DANGER, ask

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_walked_by_two_people(people, client_of):
    made = case_for(people.alma)
    here = f"/akten/{made.number}/notfall-weitergabe/"
    alma, jan = client_of(people.alma), client_of(people.jan)
    assert "noch nie etwas ohne Einwilligung" in alma.get(here).content.decode()
    asked = {"formular": "ask", "partner_key": PARTNER, "compartments": ["128"], "danger": "eilt"}
    answer = alma.post(here, asked)
    assert answer.status_code == 422 and "welche Gefahr droht und warum" in answer.content.decode()
    assert alma.post(here, {**asked, "danger": DANGER}).status_code == 303
    page = alma.get(here).content.decode()
    assert "wartet auf die zweite Person" in page and "Bestätigen" not in page
    seen = jan.get(here)
    which = seen.context["confirm"].fields["override_id"].choices[0][0]
    assert alma.post(here, {"formular": "confirm", "override_id": which}).status_code == 403
    assert jan.post(here, {"formular": "confirm", "override_id": which}).status_code == 303
    page = alma.get(here).content.decode()
    assert "gilt" in page and "noch nicht" in page
    assert (
        "Notfall, von zwei Personen verantwortet" in alma.get(f"/akten/{made.number}/uebermittlungen/").content.decode()
    )
    told = {"formular": "told", "override_id": which, "told_on": "", "told_how": "am Telefon"}
    assert alma.post(here, told).status_code == 422
    told["told_on"] = alma.get(here).context["told"].initial["told_on"].strftime("%d.%m.%Y")
    assert alma.post(here, told).status_code == 303
    assert "noch nicht" not in alma.get(here).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_statements_for_one_row_as_for_three(
    people, client_of, act_as, now, rows, django_assert_max_num_queries
):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        for _ in range(rows):
            ask(actor, made, now)
    client = client_of(people.alma)
    with django_assert_max_num_queries(36):
        assert client.get(f"/akten/{made.number}/notfall-weitergabe/").status_code == 200
