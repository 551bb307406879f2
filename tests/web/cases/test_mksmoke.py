import pytest
from django.urls import reverse
from ina.cases.enums import State
from tests.factories.cases import case_for
pytestmark = pytest.mark.django_db
PAGES = "file admission first_talk profiling plan network contacts release_dates outcomes closing consents person file_access".split()

@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["alma","jan","hanna"])
def test_get(page, state, people, client_of, clock, who):
    made = case_for(people.alma, state=state)
    r = client_of(people[who]).get(reverse(page, args=[made.number]))
    assert r.status_code in (200, 404), r.content.decode()[:500]
    if who == "alma": assert r.status_code == 200

def test_others(people, client_of, clock):
    made = case_for(people.alma)
    for p in ("case_list","case_new","prison_list","emergency_access"):
        assert client_of(people.alma).get(reverse(p)).status_code == 200, p
    assert client_of(people.jan).get(reverse("emergency_reviews")).status_code == 200
    for p in PAGES:
        assert client_of(people.cem).get(reverse(p, args=[made.number])).status_code == 404
