"""Am Tor and the emergency list in the browser's eyes; taking the list is recorded."""

import pytest
from django.urls import reverse

from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_what_is_missing_before_the_gate(people, client_of, now):
    made = case_for(people.alma, surname="Ackerwinde", planned_on=now.date())
    text = client_of(people.jan).get(reverse("gate")).content.decode()
    assert "Ackerwinde" in text and "0 von 35" in text and "überfällig" in text
    assert reverse("release_folder", args=[made.number]) in text
    assert reverse("gate") in client_of(people.jan).get(reverse("case_list")).content.decode()


def test_the_list_for_the_day_without_a_system_is_recorded(people, client_of, trail, now):
    case_for(people.alma, surname="Ackerwinde", planned_on=now.date())
    text = client_of(people.alma).get(reverse("emergency_list")).content.decode()
    assert "Ackerwinde" in text and "Alma Ahorn" in text
    assert len(trail("export.emergency_list")) == 1
    assert client_of(people.gero).get(reverse("emergency_list")).status_code == 403
