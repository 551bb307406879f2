"""The help that comes with the program replaces the first one only where nobody wrote their own."""

import importlib

import pytest
from django.apps import apps

from ina.reference.models import Page
from ina.reference.queries import get_page

pytestmark = pytest.mark.django_db
migration = importlib.import_module("ina.reference.migrations.0008_help")


def test_it_follows_a_case_from_the_first_day_to_the_last():
    body = get_page("hilfe").body
    places = [body.index(heading) for heading in ("## Der Tag beginnt", "## Ein Zugang", "## Nach der Entlassung")]
    assert places == sorted(places) and "Gefahr im Verzug" in body


@pytest.mark.parametrize(("changed", "replaced"), [({}, True), ({"version": 2}, False), ({"edited_by_id": 7}, False)])
def test_what_somebody_wrote_stays(changed, replaced):
    Page.objects.filter(slug="hilfe").update(body="Kurz.", **{"version": 1, "edited_by_id": None, **changed})
    migration.load(apps, None)
    assert (get_page("hilfe").body != "Kurz.") is replaced
