"""Zugang melden: one person, by hand."""

import pytest

from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/faelle/neu/"
PERSON = {
    "surname": "Beifuß",
    "given_name": "Ole",
    "born_on": "7.4.94",
    "sex": "m",
    "prison": "jva-duesseldorf",
    "booking_number": "4/26/1",
    "release_on": "01.02.2027",
    "release_kind": "TWO_THIRDS",
    "release_source": "Vollstreckungsblatt",
    "residence_town": "Solingen",
    "referred_on": "heute",
    "source": "SOCIAL_SERVICE",
}


def test_form_suggests_the_own_prison_and_today(alma):
    form = alma.get(URL).context["form"]
    assert form["prison"].value() == "jva-duesseldorf" and form["referred_on"].value() == "23.11.2026"


def test_person_becomes_a_file(alma, words):
    answer = alma.post(URL, PERSON)
    assert answer.status_code == 303
    said = words(alma.get(answer["Location"]))
    assert "Ole Beifuß" in said and "geb. 07.04.1994" in said and "Buchnr. 4/26/1" in said and "Solingen" in said
    assert "Zwei-Drittel-Zeitpunkt" in said and "70 Tage" in said and "Zugang gemeldet" in said


def test_only_what_must_be_known_is_asked(alma):
    least = {name: PERSON[name] for name in ("surname", "given_name", "prison", "referred_on", "source")}
    assert alma.post(URL, least).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"surname": ""}, "Familienname"),
        ({"born_on": "31.02.1990"}, "Den Tag „31.02.1990“ gibt es nicht."),
        ({"referred_on": "+3"}, "liegt in der Zukunft"),
        ({"prison": "jva-nirgends"}, "Anstalt"),
        ({"release_on": "01.01.2020"}, "liegt in der Vergangenheit"),
    ],
)
def test_what_cannot_be_stays_in_the_form(alma, words, wrong, said):
    answer = alma.post(URL, PERSON | wrong)
    assert answer.status_code == 422 and said in words(answer)
    assert 'value="Ole"' in answer.content.decode()


def test_a_known_booking_number_is_said_at_its_field(people, alma):
    case_for(people.bert, booking_number="4/26/1")
    answer = alma.post(URL, PERSON)
    assert answer.status_code == 422
    assert "schon einen Fall" in answer.context["form"].errors["booking_number"][0]


def test_fragment_answers_with_the_form_alone(alma):
    answer = alma.post(URL, PERSON | {"surname": ""}, headers={"HX-Request": "true", "HX-Target": "form"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="form"')
    led = alma.post(URL, PERSON, headers={"HX-Request": "true", "HX-Target": "form"})
    assert led.headers["HX-Redirect"].startswith("/akten/")


@pytest.mark.parametrize("who", ["jan", "hanna", "frida", "gero"])
def test_others_are_refused_with_the_reason(people, client_of, words, who):
    client = client_of(people[who])
    assert client.get(URL).status_code == 403
    answer = client.post(URL, PERSON)
    assert answer.status_code == 403 and "Zugänge meldet die Fallführung" in words(answer)
