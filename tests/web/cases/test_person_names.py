"""Namen: entering, voiding, changing, and who is shown what."""

import pytest
from django.urls import reverse

from ina.cases.models import Participant
from ina.cases.operations.names import change_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case):
    return reverse("person_names", args=[case.number])


def test_alias_is_entered_and_voided(alma, url, words):
    assert "Es ist kein weiterer Name bekannt" in words(alma.get(url))
    assert alma.get(url).context["void"] is None
    for name in ("Robin Klee", "Klee, R.", "Robinie"):
        answer = alma.post(url, {"formular": "add", "kind": "ALIAS", "name": name})
        assert answer.status_code == 303
    answer = alma.post(url, {"formular": "void", "alias": "2", "because": "verwechselt"})
    assert answer.status_code == 303
    page = alma.get(url).content.decode()
    assert "<s>Klee, R.</s>" in page and "verwechselt" in page and "Robinie" in page
    again = alma.post(url, {"formular": "void", "alias": "2", "because": "verwechselt"})
    assert again.status_code == 422 and "Das gibt es so nicht mehr" in words(again)


def test_wrong_entry_stays_in_its_form(alma, url, words):
    headers = {"HX-Request": "true", "HX-Target": "add"}
    answer = alma.post(url, {"formular": "add", "kind": "ALIAS", "name": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="add"')


def test_name_changes_with_a_ban(alma, url, people, client_of, words):
    form = alma.get(url).context["change"]
    posted = {bound.html_name: bound.value() or "" for bound in form}
    posted |= {"formular": "change", "given_name": "Viola", "sex": "w", "on": "heute", "under_disclosure_ban": "on"}
    answer = alma.post(url, posted)
    assert answer.status_code == 303, words(answer)
    mine = words(alma.get(url))
    assert "Viola Beinwell" in mine and "Beinwell, Robin" in mine and "nicht zu offenbaren" in mine
    for reader in (people.jan, people.hanna):
        shown = words(client_of(reader).get(url))
        assert "Viola Beinwell" in shown and "Robin" not in shown


def test_name_changed_meanwhile_is_a_conflict(alma, url, case, act_as, people, now, words):
    form = alma.get(url).context["change"]
    posted = {bound.html_name: bound.value() or "" for bound in form}
    posted |= {bound.html_initial_name: bound.value() or "" for bound in form if bound.field.show_hidden_initial}
    with act_as(people.alma) as actor:
        row = Participant.objects.visible_to(actor).get(dossier_id=case.dossier_id)
        change_name(
            actor=actor, participant_id=row.pk, surname="Klee", given_name="Robin", sex="m", on=now.date(),
            under_disclosure_ban=False, now=now,
        )  # fmt: skip
    answer = alma.post(url, posted | {"formular": "change", "given_name": "Rubin", "on": "heute"})
    assert answer.status_code == 409 and "Ihre Eingaben sind noch da" in words(answer)


def test_prison_enters_names_and_changes_none(people, client_of, url):
    hanna = client_of(people.hanna)
    page = hanna.get(url)
    assert page.context["add"] is not None and page.context["change"] is None
    assert hanna.post(url, {"formular": "change"}).status_code == 403
    assert hanna.post(url, {"formular": "add", "kind": "SPELLING", "name": "Beinwel"}).status_code == 303


def test_team_lead_reads(people, client_of, url):
    jan = client_of(people.jan)
    page = jan.get(url)
    assert page.status_code == 200 and page.context["add"] is None
    assert client_of(people.cem).get(url).status_code == 404
