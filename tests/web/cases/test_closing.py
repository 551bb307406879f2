"""Ruhen, abschließen, verstorben, Irrtum."""

from datetime import date

import pytest
from django.urls import reverse

from ina.cases import evidence
from ina.cases.enums import State
from ina.cases.models import Participant
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
WORLD = ["TRANSFER_OUT_OF_REGION", "DEPARTED", "RELEASE_UNFORESEEN_NO_AFTERCARE", "ERROR_OR_DUPLICATE"]


def url(made) -> str:
    return reverse("closing", args=[made.number])


def close(client, made, **given):
    return client.post(url(made), {"formular": "close", "closed_on": "heute"} | given)


def offered(answer) -> list[str]:
    return [code for code, _ in answer.context["close"].fields["reason"].choices if code]


def test_regular_end_after_six_months_and_its_error(people, alma, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    assert close(alma, made, reason="REGULAR_6M_IN_WORK").status_code == 303
    answer = alma.get(url(made))
    assert "Beendet am 23.11.2026: regulär nach sechs Monaten, in Arbeit." in words(answer)
    assert answer.context["close"] is None
    assert reverse("case_again", args=[made.number]) in answer.content.decode()
    assert "Das Ende war ein Irrtum" in words(answer)
    assert alma.post(url(made), {"formular": "void"}).status_code == 422
    assert alma.post(url(made), {"formular": "void", "because": "zu früh"}).status_code == 303
    answer = alma.get(url(made))
    assert answer.context["close"] is not None
    assert reverse("case_again", args=[made.number]) not in answer.content.decode()


def test_reasons_are_those_of_the_state_and_death_is_none_of_them(people, alma, case):
    inside, outside = offered(alma.get(url(case))), offered(alma.get(url(case_for(people.alma, state=State.AFTERCARE))))
    waiting = alma.get(url(case_for(people.alma, state=State.WAITING)))
    assert sorted(offered(waiting)) == sorted(WORLD)
    assert set(waiting.context["close"].fields) == {"closed_on", "reason", "remark"}
    assert "LOST_CONTACT" not in inside and {"EXCLUDED", "RELEASE_UNFORESEEN_NO_AFTERCARE"} <= set(inside)
    assert "RELEASE_UNFORESEEN_NO_AFTERCARE" not in outside and {"LOST_CONTACT", "REINCARCERATED"} <= set(outside)
    assert "DECEASED" not in {*inside, *outside}


def test_no_regular_end_before_its_day(alma, case):
    answer = close(alma, case, reason="REGULAR_6M_IN_WORK")
    assert answer.status_code == 422 and list(answer.context["close"].errors) == ["reason"]


def test_reason_is_asked(alma, case):
    answer = close(alma, case)
    assert answer.status_code == 422 and list(answer.context["close"].errors) == ["reason"]


@pytest.mark.parametrize(
    ("reason", "field", "value"),
    [
        ("REINCARCERATED", "imprisonment", "REVOCATION"),
        ("TRANSFER_TO_OTHER_SERVICE", "handed_to", "Bewährungshilfe"),
        ("EXCLUDED", "complaint_explained", "on"),
        ("EXCLUDED", "remark", "Regeln mehrfach gebrochen"),
    ],
)
def test_what_a_reason_needs_is_asked_beside_the_field(reason, field, value, people, alma, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    everything = {"complaint_explained": "on", "remark": "besprochen"} if reason == "EXCLUDED" else {}
    everything.pop(field, None)
    answer = close(alma, made, reason=reason, **everything)
    assert answer.status_code == 422 and list(answer.context["close"].errors) == [field]
    assert "Es fehlt" in words(answer)
    assert close(alma, made, reason=reason, **everything, **{field: value}).status_code == 303


def test_fields_of_some_reasons_are_all_there_and_marked_for_style(people, alma):
    page = alma.get(url(case_for(people.alma, state=State.AFTERCARE))).content.decode()
    for code, field in (("REINCARCERATED", "imprisonment"), ("EXCLUDED", "complaint_explained")):
        assert f'class="ina-when ina-when--{code}"' in page and f'id="close_{field}"' in page


def test_lost_contact_says_what_counts(people, alma, words, monkeypatch):
    made = case_for(people.alma, state=State.AFTERCARE)
    monkeypatch.setattr(evidence, "_attempts", [lambda case: [(date(2026, 11, 9), "PHONE")]])
    assert "1 Kontaktversuch auf einem Weg" in words(alma.get(url(made)))
    answer = close(alma, made, reason="LOST_CONTACT")
    assert answer.status_code == 422 and "Nötig sind 3" in words(answer)


def test_pause_and_resume(people, alma, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    rest = {"formular": "pause", "happened_on": "heute", "reason": "THERAPY"}
    assert alma.post(url(made), rest | {"until": "+400"}).status_code == 422
    assert alma.post(url(made), rest | {"until": "+30"}).status_code == 303
    assert "ruht" in words(alma.get(url(made)))
    assert alma.post(url(made), {"formular": "resume", "happened_on": "heute"}).status_code == 303
    assert alma.get(url(made)).context["pause"] is not None


def test_a_pause_names_its_reason_by_code_and_imprisonment_its_kind(people, alma, case, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    rest = {"formular": "pause", "happened_on": "01.06.2026", "until": "15.08.2026"}
    answer = alma.post(url(made), rest | {"reason": "irgendwas"})
    assert answer.status_code == 422 and list(answer.context["pause"].errors) == ["reason"]
    answer = alma.post(url(made), rest | {"reason": "REIMPRISONED"})
    assert answer.status_code == 422 and list(answer.context["pause"].errors) == ["imprisonment"]
    assert alma.post(url(made), rest | {"reason": "REIMPRISONED", "imprisonment": "SUBSTITUTE"}).status_code == 303
    page = words(alma.get(url(made)))
    assert "soll die Nachsorge nach dem 01.09.2026 enden" in page and "steht wegen erneuter Haft still" in page
    inside = alma.get(url(case)).context["pause"]
    assert "imprisonment" not in inside.fields
    codes = [code for code, _ in inside.fields["reason"].choices]
    assert "TRANSFERRED" in codes and "REIMPRISONED" not in codes


def test_death_is_a_quiet_form_of_its_own_and_can_be_taken_back(people, alma, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    assert "Die Person ist verstorben" in words(alma.get(url(made)))
    assert alma.post(url(made), {"formular": "died", "died_on": "morgen"}).status_code == 422
    assert alma.post(url(made), {"formular": "died", "died_on": "20.11.2026"}).status_code == 303
    answer = alma.get(url(made))
    assert "verstorben am 20.11.2026" in words(answer)
    assert [name for name in ("close", "pause", "resume", "died", "void", "alive") if answer.context[name]] == ["alive"]
    assert reverse("case_again", args=[made.number]) not in answer.content.decode()
    assert "verstorben am 20.11.2026" in words(alma.get(reverse("file", args=[made.number])))
    assert alma.post(url(made), {"formular": "alive", "because": "Verwechslung"}).status_code == 303
    answer = alma.get(url(made))
    assert "verstorben am 20.11.2026" not in words(answer) and answer.context["close"] is not None


def test_the_social_service_enters_a_death_and_nothing_else(people, client_of, act_as, case):
    hanna = client_of(people.hanna)
    answer = hanna.get(url(case))
    assert [name for name in ("close", "pause", "resume", "died", "void", "alive") if answer.context[name]] == ["died"]
    assert hanna.post(url(case), {"formular": "close"}).status_code == 403
    assert hanna.post(url(case), {"formular": "died", "died_on": "heute"}).status_code == 303
    with act_as(people.alma) as actor:
        assert Participant.objects.visible_to(actor).get(dossier=case.dossier_id).died_on == date(2026, 11, 23)


def test_fragment(alma, case):
    headers = {"HX-Request": "true", "HX-Target": "close"}
    answer = alma.post(url(case), {"formular": "close"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="close"')


def test_readers_are_refused_with_the_reason(people, client_of, case, words):
    jan = client_of(people.jan)
    assert "Das entscheidet die Fallführung" in words(jan.get(url(case)))
    assert jan.post(url(case), {"formular": "close"}).status_code == 403
    assert client_of(people.cem).get(url(case)).status_code == 404
