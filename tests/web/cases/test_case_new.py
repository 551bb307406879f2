"""Zugang melden: one person, by hand."""

from datetime import date

import pytest
from django.urls import reverse

from ina.base.errors import Invalid
from ina.cases.models import Alias, Case, CaseAct, CustodyPeriod, ReferralSheet
from ina.cases.operations.referrals import Person, refer_person
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
    "language": "de",
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
    for name in ("surname", "given_name"):
        least = {key: PERSON[key] for key in (name, "prison", "referred_on", "source", "language")}
        assert alma.post(URL, least).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"surname": "", "given_name": ""}, "Ein Name muss bekannt sein"),
        ({"born_on": "31.02.1990"}, "Den Tag „31.02.1990“ gibt es nicht."),
        ({"referred_on": "+3"}, "liegt in der Zukunft"),
        ({"prison": "jva-nirgends"}, "Anstalt"),
        ({"release_on": "01.01.2020"}, "liegt in der Vergangenheit"),
    ],
)
def test_what_cannot_be_stays_in_the_form(alma, words, wrong, said):
    answer = alma.post(URL, PERSON | wrong)
    assert answer.status_code == 422 and said in words(answer)
    assert 'value="Solingen"' in answer.content.decode()


def test_a_known_booking_number_is_said_at_its_field(people, alma):
    case_for(people.bert, booking_number="4/26/1")
    answer = alma.post(URL, PERSON)
    assert answer.status_code == 422
    assert "schon einen Fall" in answer.context["form"].errors["booking_number"][0]


def test_fragment_answers_with_the_form_alone(alma):
    answer = alma.post(URL, PERSON | {"prison": ""}, headers={"HX-Request": "true", "HX-Target": "form"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="form"')
    led = alma.post(URL, PERSON, headers={"HX-Request": "true", "HX-Target": "form"})
    assert led.headers["HX-Redirect"].startswith("/akten/")


@pytest.mark.parametrize("who", ["jan", "frida", "gero"])
def test_others_are_refused_with_the_reason(people, client_of, words, who):
    client = client_of(people[who])
    assert client.get(URL).status_code == 403
    answer = client.post(URL, PERSON)
    assert answer.status_code == 403 and "Zugänge melden Fallführung und Sozialdienst" in words(answer)


def test_all_sections_are_kept(alma, people, act_as):
    more = {
        "aliases": "Ole B.; Olaf Beifuss",
        "needs_interpreter": "on",
        "department": "Haus C",
        "custody_kind": "Freiheitsstrafe",
        "custody_since": "02.02.2026",
        "referred_by": "Frau Hasel",
        "reason": "fragt nach Arbeit",
        "wish": "wieder als Maler arbeiten",
        "referred_on": "−5",
        "language": "tr",
    }
    assert alma.post(URL, PERSON | more).status_code == 303
    with act_as(people.alma) as actor:
        case = Case.objects.visible_to(actor).order_by("pk").last()
        stay = CustodyPeriod.objects.visible_to(actor).get(case=case)
        assert (stay.department, stay.custody_kind, str(stay.starts_on)) == ("Haus C", "Freiheitsstrafe", "2026-02-02")
        sheet = ReferralSheet.objects.visible_to(actor).get(case=case)
        assert (sheet.referred_by, sheet.wish) == ("Frau Hasel", "wieder als Maler arbeiten")
        names = Alias.objects.visible_to(actor).filter(dossier=case.dossier_id).values_list("name", flat=True)
        assert set(names) == {"Ole B.", "Olaf Beifuss"}
        act = CaseAct.objects.visible_to(actor).filter(case=case).earliest("pk")
        assert (str(act.happened_on), str(act.recorded_at.date())) == ("2026-11-18", "2026-11-23")


def test_the_social_service_refers_for_its_own_prison_only(people, client_of, words):
    hanna = client_of(people.hanna)
    page = hanna.get(URL)
    assert [key for key, _ in page.context["form"].fields["prison"].choices] == ["jva-duesseldorf"]
    assert "bis die Teamleitung sie zuteilt" in words(page)
    assert hanna.post(URL, PERSON | {"prison": "jva-koeln"}).status_code == 422
    answer = hanna.post(URL, PERSON)
    assert answer.status_code == 303 and "Zugang gemeldet" in words(hanna.get(answer["Location"]))


def test_not_even_by_another_way(people, act_as, now):
    with act_as(people.hanna) as actor, pytest.raises(Invalid, match="eigenen Anstalt"):
        refer_person(
            actor=actor,
            person=Person(surname="Beifuß"),
            prison_id=people.cem.place_id,
            referred_on=now.date(),
            source="SOCIAL_SERVICE",
            now=now,
        )


def test_similar_files_are_shown_before_one_is_opened(alma, people, words):
    made = case_for(people.alma, surname="Beifuß", given_name="Ole", born_on=date(1994, 4, 7))
    answer = alma.post(URL, PERSON)
    said = words(answer)
    assert answer.status_code == 422 and "Vielleicht gibt es schon eine Akte" in said
    assert f"Beifuß, Ole, Akte {made.number}" in said and "wahrscheinlich dieselbe Person" in said
    assert f"/akten/{made.number}/neuer-fall/" in answer.content.decode()
    anyway = alma.post(URL, PERSON | {"aehnlich": "anlegen"})
    assert anyway.status_code == 303 and made.number not in anyway["Location"]


def test_of_files_behind_the_wall_it_says_only_whom_to_ask(alma, people, words):
    made = case_for(people.cem, surname="Beifuß", given_name="Ole", born_on=date(1994, 4, 7))
    answer = alma.post(URL, PERSON)
    said = words(answer)
    assert answer.status_code == 422 and "Eine Akte, die Sie nicht sehen" in said and "Auskunft gibt" in said
    assert made.number not in answer.content.decode()
    asking = alma.post(URL, PERSON | {"aehnlich": "anfragen"})
    assert asking.status_code == 303 and asking["Location"] == reverse(
        "same_person", args=[asking["Location"].split("/")[2]]
    )
