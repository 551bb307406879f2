"""Besondere Ereignisse."""

from datetime import date

import pytest
from django.urls import reverse

from ina.cases.enums import HypothesisKind, HypothesisStatus, State
from ina.cases.models import DateNotice
from ina.cases.operations import release_dates
from tests.factories.cases import PLANNED_ON, case_for

pytestmark = pytest.mark.django_db


def url(made) -> str:
    return reverse("case_events", args=[made.number])


def record(client, made, kind, **given):
    return client.post(url(made), {"formular": "record", "kind": kind, "happened_on": "heute"} | given)


def offered(answer) -> set[str]:
    return {code for code, _ in answer.context["record"].fields["kind"].choices if code}


def test_empty_then_a_line_with_its_entry(alma, case, words):
    assert "Bisher ist nichts eingetragen." in words(alma.get(url(case)))
    assert record(alma, case, "WORK_RELEASE", remark="ab Montag").status_code == 303
    page = alma.get(url(case))
    assert "Freigang oder freies Beschäftigungsverhältnis erlaubt ab Montag" in words(page)
    entry = reverse("entry", args=[case.number, "besonderes", 1])
    assert entry in page.content.decode()
    assert alma.post(entry, {"formular": "void", "version": 1, "because": "Irrtum"}).status_code == 303
    assert "storniert am 23.11.2026" in words(alma.get(url(case)))


def test_what_is_offered_depends_on_the_release(people, alma, case):
    inside, outside = alma.get(url(case)), alma.get(url(case_for(people.alma, state=State.AFTERCARE)))
    assert offered(inside) == {
        "OPEN_PRISON", "CLOSED_PRISON", "WORK_RELEASE", "RELAXATION_ENDED", "POSTPONED", "UNAVAILABLE"
    }  # fmt: skip
    assert offered(outside) == {"REIMPRISONED", "VOLUNTARY_RETURN", "UNAVAILABLE"}
    assert {"imprisonment", "until"} & set(inside.context["record"].fields) == set()
    assert "relaxation" not in outside.context["record"].fields


@pytest.mark.parametrize(
    ("state", "kind", "given", "field"),
    [
        (State.ADMITTED, "RELAXATION_ENDED", {}, "relaxation"),
        (State.ADMITTED, "UNAVAILABLE", {"remark": "entwichen"}, "remark"),
        (State.ADMITTED, "WORK_RELEASE", {"happened_on": "morgen"}, "happened_on"),
        (State.ADMITTED, "", {}, "kind"),
        (State.AFTERCARE, "REIMPRISONED", {}, "imprisonment"),
        (State.AFTERCARE, "VOLUNTARY_RETURN", {"happened_on": "04.11.2026"}, "until"),
        (State.AFTERCARE, "VOLUNTARY_RETURN", {"until": "heute"}, "happened_on"),
    ],
)
def test_errors_stand_beside_their_field(state, kind, given, field, people, alma):
    answer = record(alma, case_for(people.alma, state=state), kind, **given)
    assert answer.status_code == 422 and list(answer.context["record"].errors) == [field]


def test_what_another_choice_would_need_is_not_kept(alma, case, words):
    assert record(alma, case, "RELAXATION_ENDED", relaxation="ORGANISATION").status_code == 303
    assert record(alma, case, "WORK_RELEASE", relaxation="OWN_WISH").status_code == 303
    page = words(alma.get(url(case)))
    assert "aus organisatorischen Gründen" in page and page.count("auf eigenen Wunsch") == 1  # in the list of choices


def test_imprisonment_offers_a_pause_with_what_is_known(people, alma, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    assert alma.get(url(made)).context["pause"] is None
    assert record(alma, made, "REIMPRISONED", happened_on="01.10.2026", imprisonment="SUBSTITUTE").status_code == 303
    form = alma.get(url(made)).context["pause"]
    assert {name: form[name].value() for name in ("reason", "imprisonment", "happened_on")} == {
        "reason": "REIMPRISONED", "imprisonment": "SUBSTITUTE", "happened_on": "01.10.2026"
    }  # fmt: skip
    given = {"formular": "pause", "happened_on": "01.10.2026", "reason": "REIMPRISONED", "imprisonment": "SUBSTITUTE"}
    assert alma.post(url(made), given | {"until": "31.12.2026"}).status_code == 303
    answer = alma.get(url(made))
    assert answer.context["pause"] is None and "nach dem 01.01.2027 enden" in words(answer)


def test_a_decision_against_parole_tells_whom_to_inform(people, alma, act_as, case, now, words):
    with act_as(people.alma) as actor:
        release_dates.state_release_date(
            actor=actor, case_id=case.case_id, on=date(2026, 12, 15), kind=HypothesisKind.TWO_THIRDS,
            status=HypothesisStatus.DECIDED, source="StVK", asserted_on=now.date(), now=now,
        )  # fmt: skip
        DateNotice.objects.create(
            dossier_id=case.dossier_id, case_id=case.case_id, institution_id=people.cem.place_id, on=date(2026, 12, 15),
            told_on=now.date(), channel="PHONE", legal_basis="§ 13 JVollzDSG NRW", recorded_at=now,
            recorded_by_id=actor.membership_id,
        )  # fmt: skip
    assert "anderen Entlassungstermin" not in words(alma.get(url(case)))
    assert record(alma, case, "POSTPONED").status_code == 303
    answer = alma.get(url(case))
    assert "anderen Entlassungstermin" in words(answer) and answer.context["file"].planning_date == PLANNED_ON


def test_fragment(alma, case):
    headers = {"HX-Request": "true", "HX-Target": "record"}
    answer = alma.post(url(case), {"formular": "record"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="record"')


def test_readers_see_it_and_are_refused(people, client_of, case, words):
    jan = client_of(people.jan)
    assert "tragen Fallführung und Sozialdienst ein" in words(jan.get(url(case)))
    assert jan.post(url(case), {"formular": "record"}).status_code == 403
    assert record(client_of(people.hanna), case, "OPEN_PRISON").status_code == 303
    assert client_of(people.cem).get(url(case)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_same_number_of_statements_for_one_and_three_lines(number, people, alma, case, statements):
    for _ in range(number):
        record(alma, case, "WORK_RELEASE")
    with statements() as count:
        assert alma.get(url(case)).status_code == 200
    assert count() == 13
