"""The signed sheet of a consent: kept encrypted, shown beside what it proves, refused when it is no sheet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ina.cases.models import ConsentScan
from tests.documents.test_uploads import picture
from tests.factories.cases import case_for
from tests.network.disclosing import allow

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture
def here(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
    return f"/akten/{made.number}/einwilligungen/"


def sent(client, here, content):
    place = client.get(here).context["scan"].fields["consent"].choices[-1][0]
    return client.post(here, {"formular": "scan", "consent": place, "file": SimpleUploadedFile("x.png", content)})


def test_kept_and_shown_beside_its_consent(people, client_of, here):
    client = client_of(people.alma)
    assert sent(client, here, picture("PNG")).status_code == 303
    text = client.get(here).content.decode()
    assert "unterschriebenes Blatt</a>" in text
    address = text.split("unterschriebenes Blatt</a>")[0].rsplit('href="', 1)[1].split('"')[0]
    assert client.get(address).status_code == 200
    # Who does not see the ledger does not see its sheets.
    assert client_of(people.cem).get(address).status_code == 404


@pytest.mark.parametrize("content", [b"", b"MZ an executable", b"<html><script>alert(1)</script>"])
def test_no_sheet_is_refused_and_nothing_is_kept(people, client_of, act_as, here, content):
    assert sent(client_of(people.alma), here, content).status_code == 422
    with act_as(people.alma):
        assert not ConsentScan.objects.unscoped(because="a test").exists()


def test_the_lead_of_the_team_reads_only(people, client_of, here):
    assert client_of(people.jan).get(here).context["scan"] is None
    assert client_of(people.jan).post(here, {"formular": "scan", "consent": "1"}).status_code == 403
