"""Vorschau, Übernahme, Anrufe: nothing moves before it was seen, and nobody is called who may not be."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ina.access.enums import ConsentPurpose
from ina.access.operations.consents import record_consent
from ina.agenda.enums import Anchor
from ina.agenda.models import Item
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.models import DateNotice, Worklist
from ina.cases.models import ReleaseDateHypothesis as Hypothesis
from ina.cases.operations.release_dates import state_release_date
from ina.institutions.models import Institution
from ina.web.cases.release_strip import strip
from tests.factories.cases import PLANNED_ON, at, case_for

pytestmark = pytest.mark.django_db
CLAIM = {
    "formular": "state",
    "on": "18.12.2026",
    "kind": "COURT_DECISION",
    "status": "DECIDED",
    "source": "Beschluss vom 20.11.2026",
    "asserted_on": "heute",
    "remark": "noch nicht rechtskräftig",
}
APPLY = {"uebernehmen": "1"}


@pytest.fixture
def url(case):
    return reverse("release_preview", args=[case.number])


def claims(case):
    return Hypothesis.objects.unscoped(because="a test").filter(case_id=case.case_id).count()


def planned(case):
    return Worklist.objects.unscoped(because="a test").get(case_id=case.case_id).planning_key


def version_of(page):
    return {"version": str(page.context["preview"].version)}


def test_first_the_form_then_the_preview_then_the_calls(alma, case, url, words):
    first = words(alma.get(url))
    assert "Termin und Quelle" in first and "Gespeichert wird erst danach." in first
    page = alma.post(url, CLAIM)
    said = words(page)
    assert page.status_code == 200 and (claims(case), planned(case)) == (1, PLANNED_ON), "a preview stores nothing"
    assert "73 Tage früher: das würde sich ändern" in said and "Noch ist nichts geändert." in said
    assert "gerichtliche Entscheidung 18.12.2026, entschieden · Quelle: Beschluss vom 20.11.2026" in said
    assert "Es gilt die kurze Liste." in said and "Ein Freitag: Nach 12 Uhr" in said
    assert "Mit dem neuen Termin schon überfällig" in said or "Rückt vor" in said
    answer = alma.post(url, CLAIM | APPLY | version_of(page))
    assert answer.status_code == 303 and answer["Location"].endswith("/termine/anrufe/?schritt=3")
    assert (claims(case), planned(case)) == (2, date(2026, 12, 18))
    assert "Anrufe zum Entlassungstermin 18.12.2026" in words(alma.get(answer["Location"]))


def test_all_that_was_entered_comes_along(alma, case, url):
    page = alma.post(url, CLAIM | {"probability": "90"})
    alma.post(url, CLAIM | {"probability": "90"} | APPLY | version_of(page))
    stored = Hypothesis.objects.unscoped(because="a test").filter(case_id=case.case_id).latest("pk")
    assert (stored.probability, stored.remark) == (90, "noch nicht rechtskräftig")
    fields = {
        "on",
        "kind",
        "status",
        "source",
        "asserted_on",
        "probability",
        "remark",
        "replaces",
        "version",
        "formular",
    }
    assert all(f'type="hidden" name="{name}"' in page.content.decode() for name in fields)


def test_back_keeps_what_was_typed(alma, url):
    page = alma.post(url, CLAIM | {"zurueck": "1"})
    assert page.status_code == 200 and page.context["preview"] is None
    assert page.context["form"]["source"].value() == CLAIM["source"]


def test_a_claim_that_moves_nothing_needs_no_preview(alma, case, url, words):
    answer = alma.post(url, CLAIM | {"status": "POSSIBLE"})
    assert answer.status_code == 303 and claims(case) == 2 and planned(case) == PLANNED_ON
    assert "Der Planungstermin ändert sich dadurch nicht." in words(alma.get(answer["Location"]))


def test_somebody_was_faster_and_the_preview_shows_the_new_state(people, alma, act_as, case, url, words, now):
    page = alma.post(url, CLAIM)
    with act_as(people.hanna) as actor:
        state_release_date(
            actor=actor, case_id=case.case_id, on=date(2026, 12, 22), kind=HypothesisKind.OTHER,
            status=HypothesisStatus.DECIDED, source="Anstalt", asserted_on=date(2026, 11, 23), now=now,
        )  # fmt: skip
    late = alma.post(url, CLAIM | APPLY | version_of(page))
    said = words(late)
    assert late.status_code == 409 and "geändert" in said and "4 Tage früher" in said
    assert claims(case) == 2
    assert alma.post(url, CLAIM | APPLY | version_of(late)).status_code == 303 and claims(case) == 3


@pytest.mark.parametrize("version", ["", "abc", "999999999999"])
def test_applying_without_having_seen_it_shows_it_first(version, alma, case, url):
    answer = alma.post(url, CLAIM | APPLY | {"version": version})
    assert answer.status_code == 409 and claims(case) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": "01.01.2020"}, "on"),
        ({"on": "2.3.2027", "kind": "TWO_THIRDS"}, "on"),
        ({"on": "17.12.2026", "kind": "URGENT"}, "on"),
        ({"asserted_on": "+1"}, "asserted_on"),
        ({"source": ""}, "source"),
        ({"probability": "101"}, "probability"),
        ({"replaces": "9"}, "replaces"),
    ],
)
@pytest.mark.parametrize("sent", [{}, APPLY | {"version": "1"}])
def test_wrong_claims_stay_in_the_form(sent, wrong, field, alma, case, url):
    answer = alma.post(url, CLAIM | wrong | sent)
    if answer.status_code == 409:  # what only the operation or the preview can see
        pytest.fail("a claim that nobody can make was previewed")
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field] and claims(case) == 1


def test_a_refused_suspension_is_dropped_and_moves_everything_back(alma, case, url, words):
    alma.post(url, CLAIM | APPLY | version_of(alma.post(url, CLAIM)))
    drop = {"formular": "drop", "claim": "2", "because": "Aussetzung abgelehnt"}
    page = alma.post(url, drop)
    assert "73 Tage später" in words(page) and "entfällt · Grund: Aussetzung abgelehnt" in words(page)
    assert alma.post(url, drop | APPLY | version_of(page)).status_code == 303 and planned(case) == PLANNED_ON
    assert alma.post(url, drop).status_code == 422, "it is not to be chosen any more"


def test_a_possible_day_is_decided(alma, case, url, words):
    alma.post(url, CLAIM | {"status": "POSSIBLE"})
    decide = {
        "formular": "decide", "claim": "2", "status": "DECIDED", "source": "Beschluss", "asserted_on": "heute",
    }  # fmt: skip
    page = alma.post(url, decide)
    assert "jetzt entschieden · Quelle: Beschluss" in words(page)
    assert alma.post(url, decide | APPLY | version_of(page)).status_code == 303
    assert planned(case) == date(2026, 12, 18)
    history = words(alma.get(reverse("release_dates", args=[case.number])))
    assert "entfallen" in history and "jetzt entschieden" in history


def test_who_reads_sees_the_page_without_a_form_and_sends_nothing(people, client_of, url, words):
    jan = client_of(people.jan)
    assert "Entlassungstermine tragen Fallführung und Sozialdienst ein." in words(jan.get(url))
    assert jan.post(url, CLAIM).status_code == 403
    assert client_of(people.hanna).post(url, CLAIM).status_code == 200
    assert client_of(people.cem).post(url, CLAIM).status_code == 404


def test_an_unknown_form_is_not_found(alma, url):
    assert alma.post(url, {"formular": "confirm"}).status_code == 404


def test_looking_at_a_preview_leaves_a_trace(people, alma, case, url, trail):
    alma.post(url, CLAIM)
    assert [line.details["page"] for line in trail() if line.action == "read.file"] == ["release_preview"]


@pytest.mark.parametrize("count", [1, 120])
def test_statements_of_preview_and_apply(count, people, alma, case, url, statements, act_as):
    with act_as(people.alma) as actor:
        for number in range(count):
            on = PLANNED_ON - timedelta(days=number)
            Item.objects.create(
                dossier_id=case.dossier_id, case_number=1, title=f"Frist {number}", anchor=Anchor.RELEASE, due_on=on,
                shown_on=on, offset_count=-number, offset_unit="days", recorded_at=at(on), origin="TYPED",
                responsible_id=actor.membership_id,
            )  # fmt: skip
    alma.post(url, CLAIM)
    with statements() as seen:
        page = alma.post(url, CLAIM)
    with statements() as applied:
        assert alma.post(url, CLAIM | APPLY | version_of(page)).status_code == 303
    assert (seen(), applied()) == (19, 30)


# --- calls ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def calls(case):
    return reverse("release_calls", args=[case.number])


@pytest.fixture
def consent(people, act_as, case, now):
    with act_as(people.alma) as actor:
        return record_consent(
            actor=actor, dossier_id=case.dossier_id, purpose=ConsentPurpose.RELEASE_DATE, given_on=date(2026, 11, 2),
            text_version="1", on_paper=True, recipient_id=Institution.objects.get(key="anbieter-beispiel").pk, now=now,
        )  # fmt: skip


TOLD = {
    "formular": "told", "institution_key": "anbieter-beispiel", "on": "1.3.2027", "told_on": "heute",
    "channel": "PHONE",
}  # fmt: skip


def test_a_call_is_done_with_a_trace(alma, calls, consent, words):
    assert "anbieter-beispiel#mitgeteilt" in alma.get(calls).content.decode()
    assert (
        alma.get(calls, {"stelle": "anbieter-beispiel"}).context["told"]["institution_key"].value()
        == "anbieter-beispiel"
    )
    answer = alma.post(calls, TOLD)
    assert answer.status_code == 303
    said = words(alma.get(calls))
    assert "weiß Bescheid" in said and "Beispielhaus: 01.03.2027 am Telefon, Alma Ahorn · mit Einwilligung" in said
    assert DateNotice.objects.unscoped(because="a test").get().consent_id == consent.pk


def test_without_consent_a_body_cannot_be_chosen(alma, calls):
    answer = alma.post(calls, TOLD)
    assert answer.status_code == 422 and list(answer.context["told"].errors) == ["institution_key"]


def test_the_list_can_be_printed(alma, calls, words):
    assert "erreicht am" in words(alma.get(calls)) and "Gedruckt am" in words(alma.get(calls))


def test_who_stands_by_reads_the_calls_only(people, client_of, calls):
    for person in ("jan", "hanna"):
        client = client_of(people[person])
        assert client.get(calls).context["told"] is None and client.post(calls, TOLD).status_code == 403


# --- the picture ---------------------------------------------------------------------------------------------------


def test_picture_to_scale():
    today, old, new = date(2026, 11, 23), date(2027, 2, 12), date(2026, 12, 18)
    drawn = strip(old, new, old_preparation=date(2026, 8, 12), new_preparation=date(2026, 6, 18), today=today)
    first, second = drawn.bands
    assert (first.words, first.more) == ("Fr., 12.02.2027 · noch 81 Tage", " · 57 Arbeitstage")
    assert (second.words, second.more) == ("Fr., 18.12.2026 · noch 25 Tage", " · 19 Arbeitstage")
    assert first.left and not second.left and drawn.label.endswith("56 Tage früher.")
    places = [float(each.removesuffix("%")) for each in (drawn.today, second.gate, first.gate)]
    assert places == sorted(places) and (places[1] - places[0]) / (places[2] - places[0]) == pytest.approx(
        25 / 81, 0.01
    )


@pytest.mark.parametrize(("old", "new"), [(None, date(2027, 1, 4)), (date(2027, 1, 4), None)])
def test_picture_of_a_first_and_of_a_lost_day(old, new):
    begins = date(2026, 7, 4)
    drawn = strip(old, new, old_preparation=begins, new_preparation=begins, today=date(2026, 11, 23))
    assert len(drawn.bands) == 1 and "04.01.2027" in drawn.label


# --- forecasts -----------------------------------------------------------------------------------------------------


def test_forecast_page_says_nothing_about_few(people, alma, words, trail):
    page = alma.get(reverse("forecast"))
    assert "Noch gibt es in keiner Anstalt genug" in words(page) and "Weniger als 5 Entlassungen" in words(page)
    assert [line.dossier_id for line in trail() if line.action == "read.forecast"] == [None]


def test_forecast_page_shows_the_middle(people, alma, words):
    for _ in range(5):
        made = case_for(people.alma, planned_on=date(2026, 11, 10))
        alma.post(
            reverse("release_dates", args=[made.number]),
            {"formular": "confirm", "released_on": "13.11.2026", "sure": "on"},
        )
    assert "3 Tage später 100 % höchstens 7 Tage daneben, 5 Entlassungen" in words(alma.get(reverse("forecast")))
