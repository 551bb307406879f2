"""Einwilligungen: recorded, withdrawn, and both stay visible."""

import re
from datetime import date

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.cases.test_notices import involve
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
GIVEN = {"formular": "record", "purpose": "DATA_USE", "given_on": "heute", "text_version": "2026-1",
         "language": "de", "on_paper": "on"}  # fmt: skip
WITHDRAWN = {"formular": "withdraw", "consent": "1", "withdrawn_on": "heute", "channel": "PAPER"}


def url(made) -> str:
    return reverse("consents", args=[made.number])


@pytest.fixture
def referred(people):
    return case_for(people.alma, state=State.SCREENING)


def test_empty_page_says_what_is_missing(alma, referred, words):
    page = alma.get(url(referred))
    assert "Es liegt keine Einwilligung vor" in words(page) and page.context["withdraw"] is None


def test_consent_is_recorded_once(alma, referred, words):
    assert alma.post(url(referred), GIVEN).status_code == 303
    assert "Nutzung der Daten" in words(alma.get(url(referred)))
    answer = alma.post(url(referred), GIVEN)
    assert answer.status_code == 422 and "liegt schon vor" in words(answer)


PARTNER, JOBCENTER = "anbieter-beispiel", "jc-duesseldorf"
TOLD = GIVEN | {"purpose": "RELEASE_DATE", "recipient": PARTNER}


def test_a_recipient_belongs_to_the_release_date_and_to_nothing_else(alma, case, words):
    answer = alma.post(url(case), TOLD | {"recipient": ""})
    assert answer.status_code == 422 and list(answer.context["record"].errors) == ["recipient"]
    assert alma.post(url(case), TOLD | {"recipient": "gibt-es-nicht"}).status_code == 422
    assert alma.post(url(case), TOLD | {"interpreter": "Frau Salbei"}).status_code == 303
    said = words(alma.get(url(case)))
    assert "für Beratungsstelle Beispielhaus" in said and "übersetzt von Frau Salbei" in said


def test_several_recipients_each_with_its_own_withdrawal(alma, case, words):
    for key in (PARTNER, JOBCENTER):
        assert alma.post(url(case), TOLD | {"recipient": key}).status_code == 303
    twice = alma.post(url(case), TOLD)
    assert twice.status_code == 422 and "liegt schon vor" in words(twice)
    places = alma.get(url(case)).context["withdraw"].fields["consent"].choices
    (place,) = [place for place, label in places if "Beispielhaus" in label and "Entlassungstermin" in label]
    assert alma.post(url(case), WITHDRAWN | {"consent": str(place)}).status_code == 303
    labels = [label for _, label in alma.get(url(case)).context["withdraw"].fields["consent"].choices]
    assert not any("Beispielhaus" in label for label in labels) and any("Düsseldorf" in label for label in labels)
    assert alma.post(url(case), TOLD).status_code == 303  # given again later


def test_another_purpose_drops_a_recipient_that_was_chosen_before(alma, referred, words):
    assert alma.post(url(referred), GIVEN | {"recipient": PARTNER}).status_code == 303
    assert "Beispielhaus" not in words(alma.get(url(referred))).split("Einwilligung eintragen")[0]


def test_a_minor_does_not_consent_alone(alma, people, words):
    minor = case_for(people.alma, born_on=date(2009, 6, 1), state=State.SCREENING)
    alone = alma.post(url(minor), GIVEN)
    assert alone.status_code == 422 and list(alone.context["record"].errors) == ["guardian"]
    assert alma.post(url(minor), GIVEN | {"guardian": "Frau Beinwell"}).status_code == 303
    assert "mitunterschrieben von Frau Beinwell" in words(alma.get(url(minor)))


def test_the_call_is_blocked_open_and_blocked_again(alma, people, case, act_as, now, words):
    with act_as(people.alma) as actor:
        involve(actor, case, now)
    calls = reverse("release_calls", args=[case.number])

    def line():
        return next(each for each in alma.get(calls).context["lines"] if each.institution == PARTNER)

    assert "Einwilligung fehlt" in line().blocked_because
    links = re.findall(rf'href="([^"]*stelle={PARTNER}[^"]*)"', alma.get(calls).content.decode())
    sheet, form = [link.replace("&amp;", "&") for link in links]
    printed = words(alma.get(sheet))
    assert "Darf Beratungsstelle Beispielhaus Ihren Entlassungstag erfahren? Sie entscheiden." in printed
    asked = alma.get(form).context["record"]
    shown = {name: asked[name].value() for name in ("purpose", "recipient", "text_version", "language")}
    assert shown == {"purpose": "RELEASE_DATE", "recipient": PARTNER, "text_version": "1", "language": "de"}
    assert alma.post(form.split("#")[0], GIVEN | shown).status_code == 303
    assert not line().blocked_because and line().basis == "mit Einwilligung"
    places = alma.get(url(case)).context["withdraw"].fields["consent"].choices
    (place,) = [place for place, label in places if "Beispielhaus" in label and "Entlassungstermin" in label]
    assert alma.post(url(case), WITHDRAWN | {"consent": str(place)}).status_code == 303
    assert line().gone and "Darf nicht mehr informiert werden" in words(alma.get(calls))
    assert f"stelle={PARTNER}" not in alma.get(calls).content.decode()


def test_the_link_may_name_a_body_that_is_not_usually_told(alma, case):
    assert "jva-koeln" in str(alma.get(url(case) + "?stelle=jva-koeln").context["record"]["recipient"])
    assert alma.get(url(case) + "?stelle=gibt-es-nicht").status_code == 200


def test_withdrawal_keeps_the_evidence(alma, case, words):
    assert alma.post(url(case), WITHDRAWN).status_code == 303
    said = words(alma.get(url(case)))
    assert "widerrufen am 23.11.2026 auf Papier" in said and "gilt" in said
    assert alma.post(url(case), WITHDRAWN).status_code == 422


def test_withdrawal_cannot_lie_before_the_consent(alma, case):
    answer = alma.post(url(case), WITHDRAWN | {"withdrawn_on": "01.01.2026"})
    assert answer.status_code == 422 and list(answer.context["withdraw"].errors) == ["withdrawn_on"]


def test_team_lead_withdraws_and_records_nothing(people, client_of, case):
    jan = client_of(people.jan)
    assert jan.post(url(case), GIVEN).status_code == 403
    assert jan.post(url(case), WITHDRAWN).status_code == 303


def test_fragment(alma, case):
    headers = {"HX-Request": "true", "HX-Target": "withdraw"}
    answer = alma.post(url(case), WITHDRAWN | {"channel": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="withdraw"')


def test_prison_reads_and_others_see_nothing(people, client_of, case):
    hanna = client_of(people.hanna)
    assert hanna.get(url(case)).context["withdraw"] is None and hanna.post(url(case), WITHDRAWN).status_code == 403
    assert client_of(people.cem).get(url(case)).status_code == 404


SHARED = GIVEN | {"purpose": "SHARING", "recipient": PARTNER, "categories": ["2", "16"], "aim": "Schuldnerberatung",
                  "direction": "BOTH", "expires_on": "01.12.2026"}  # fmt: skip


def test_a_consent_to_share_says_in_one_sentence_what_is_allowed(alma, case, words):
    missing = alma.post(url(case), SHARED | {"categories": []})
    assert missing.status_code == 422 and list(missing.context["record"].errors) == ["categories"]
    assert alma.post(url(case), SHARED).status_code == 303
    said = words(alma.get(url(case)))
    assert "dürfen austauschen: Person und Kontakt, Plan. Zweck: Schuldnerberatung." in said
    assert "läuft ab am 01.12.2026" in said and "nur bis zur Entlassung" in said


def test_a_newer_sheet_takes_the_place_of_the_older(alma, case, words):
    alma.post(url(case), SHARED)
    assert alma.post(url(case), SHARED | {"categories": ["2"], "expires_on": ""}).status_code == 303
    page = alma.get(url(case))
    assert "ersetzt durch ein neueres Blatt" in words(page)
    assert len([one for one in page.context["withdraw"].fields["consent"].choices if "Weitergabe" in one[1]]) == 1
