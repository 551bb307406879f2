"""Fälle: page, fragment, filter, views, search without a trace in the address, paging, refused, statements."""

import re

import pytest
from django.urls import reverse

from ina.access.operations.deputies import appoint_deputy
from ina.base.clock import day_of
from ina.cases.enums import State
from ina.cases.queries import case_list as case_list_queries
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/faelle/"


def current(answer) -> list[str]:
    """The view that is marked, with its number."""
    found = re.findall(
        r'<a href="[^"]*" aria-current="page">([^<]*) <span class="n">([^<]*)</span>', answer.content.decode()
    )
    return [" ".join(each) for each in found]


# --- whose list ----------------------------------------------------------------------------------------------------


def test_list_shows_the_own_open_cases(people, alma, words):
    mine = case_for(people.alma, surname="Eibisch")
    case_for(people.bert, surname="Diptam")
    case_for(people.alma, surname="Goldlack", state=State.CLOSED)
    answer = alma.get(URL)
    said = words(answer)
    assert "Eibisch, Robin" in said and mine.number in said and "Vorbereitung" in said
    assert "Diptam" not in said and "Goldlack" not in said
    assert "Zugang melden" in said and "Gefangenenliste einlesen" in said
    assert current(answer) == ["Meine offenen 1"]


def test_a_row_says_step_release_next_step_and_contact(people, alma, words):
    case_for(people.alma, surname="Eibisch")
    case_for(people.alma, surname="Goldlack", state=State.AFTERCARE)
    said = words(alma.get(URL))
    assert "01.03.2027 98 Tage · Strafende, plausibel" in said
    assert "04.05.2026 entlassen, bestätigt" in said
    assert re.search(r"\d+ Tage über", said) and "Monitoring" in said
    page = alma.get(URL).content.decode()
    assert 'aria-label="überfällig"' in page and 'class="o1 rp ina-nw is-late ina-b"' in page


def test_who_is_not_there_and_what_is_unknown_is_said(people, client_of, alma, words, act_as):
    from ina.cases.models import Worklist

    made = case_for(people.alma, surname="Eibisch", planned_on=None)
    with act_as(people.alma):
        rows = Worklist.objects.unscoped(because="a test").filter(case_id=made.case_id)
        rows.update(responsible=None, due_key=Worklist.NEVER)
    said = words(client_of(people.jan).get(URL))
    assert "unbekannt" in said and "niemand" in said


def test_ended_cases_have_a_view_of_their_own(people, alma, words):
    case_for(people.alma, surname="Goldlack", state=State.CLOSED)
    answer = alma.get(URL, {"ansicht": "beendet"})
    assert "Goldlack" in words(answer) and current(answer) == ["Beendete 1"]


def test_team_lead_sees_the_team_and_refers_nobody(people, client_of, words):
    case_for(people.alma, surname="Eibisch")
    case_for(people.bert, surname="Diptam")
    said = words(client_of(people.jan).get(URL))
    assert "Eibisch" in said and "Diptam" in said and "Zugang melden" not in said
    assert "Zuständig" in said and "Angekreuzte zuteilen" in said and "Offene des Teams" in said


def test_prison_sees_its_cases_and_another_carrier_none(people, client_of, words):
    case_for(people.alma, surname="Eibisch")
    said = words(client_of(people.hanna).get(URL))
    assert "Eibisch" in said and "Zuständig" in said and "Angekreuzte" not in said
    assert "Eibisch" not in words(client_of(people.vera).get(URL))
    assert "Eibisch" not in words(client_of(people.cem).get(URL))


def test_a_deputy_opens_the_list_of_whom_they_stand_in_for(people, client_of, words, act_as, moment, clock):
    clock.set(moment)  # grants run by the clock of the database
    case_for(people.alma, surname="Eibisch")
    today = day_of(moment)
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor, membership_id=people.alma.membership_id, deputy_id=people.bert.membership_id,
            starts_on=today, ends_on=today, now=moment,
        )  # fmt: skip
    bert = client_of(people.bert)
    own = bert.get(URL)
    assert "Vertretung Alma" in words(own)
    assert "Eibisch" not in words(own)
    answer = bert.get(URL, {"vertretung": "alma"})
    assert "Eibisch" in words(answer) and current(answer)[0].startswith("Vertretung Alma")


@pytest.mark.parametrize("who", ["gero", "ede", "karl", "lea"])
def test_who_works_without_files_is_refused(people, client_of, who):
    assert client_of(people[who]).get(URL).status_code == 403


def test_empty_list_says_what_to_do(alma, words):
    said = words(alma.get(URL))
    assert "Zurzeit ist kein Fall offen" in said and "Meldung eines Zugangs" in said


# --- filter, order, views ------------------------------------------------------------------------------------------


def test_the_filter_is_sent_by_form_and_stands_in_the_address(people, alma, words):
    case_for(people.alma, surname="Ackerwinde", state=State.SCREENING)
    case_for(people.alma, surname="Zaunrübe", state=State.AFTERCARE)
    answer = alma.post(URL, {"phase": "AFTERCARE", "schritt": "", "q": ""})
    assert answer.status_code == 303 and answer["Location"] == "/faelle/?phase=AFTERCARE"
    answer = alma.get(answer["Location"])
    said = words(answer)
    assert "Zaunrübe" in said and "Ackerwinde" not in said and current(answer) == ["Nachsorge 1"]
    assert '<option value="AFTERCARE" selected>' in answer.content.decode()
    assert "Kein Fall passt dazu" in words(alma.get(URL, {"stand": "PAUSED"}))
    assert "Zaunrübe" in words(alma.get(URL, {"stand": "unsinn"}))


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ({"entlassung": "90"}, "Entlassung unter 90 Tagen 1"),
        ({"faellig": "ueberfaellig"}, "Überfällig 1"),
        ({"faellig": "ueberfaellig", "ordnung": "name"}, "Überfällig 1"),
    ],
)
def test_views_above_the_list(people, alma, query, view):
    from datetime import date

    case_for(people.alma, planned_on=date(2026, 12, 24))
    assert current(alma.get(URL, query)) == [view]


def test_order_is_chosen_at_the_columns(people, alma, words):
    from datetime import date

    case_for(people.alma, surname="Zaunrübe", planned_on=date(2026, 12, 1))
    case_for(people.alma, surname="Ackerwinde", planned_on=date(2028, 12, 1))
    by_name, by_release = words(alma.get(URL, {"ordnung": "name"})), words(alma.get(URL, {"ordnung": "entlassung"}))
    assert by_name.index("Ackerwinde") < by_name.index("Zaunrübe")
    assert by_release.index("Zaunrübe") < by_release.index("Ackerwinde")
    page = alma.get(URL, {"ordnung": "name", "phase": "PREPARATION"}).content.decode()
    assert '<th scope="col" aria-sort="ascending"><a href="?phase=PREPARATION&amp;ordnung=name">Person ▲</a>' in page
    assert 'href="?phase=PREPARATION&amp;ordnung=entlassung"' in page


# --- search --------------------------------------------------------------------------------------------------------


def test_search_finds_the_beginning_of_a_name_and_stands_in_no_address(people, alma, words, trail):
    case_for(people.alma, surname="Eibisch")
    case_for(people.alma, surname="Diptam")
    answer = alma.post(URL, {"q": "eib"})
    assert "Eibisch" in words(answer) and "Diptam" not in words(answer)
    assert "eib" not in answer.request["QUERY_STRING"]
    (line,) = trail("search.people")
    assert line.user_id == people.alma.user_id and line.details == {"length": 3}
    assert "als Excel-Datei" not in words(answer) and "als CSV sichern" in words(answer)


def test_a_name_in_an_address_is_not_searched_for(people, alma, words, trail):
    case_for(people.alma, surname="Eibisch")
    assert "Eibisch" in words(alma.get(URL, {"q": "dip"})) and trail("search.people") == []


def test_search_without_result_is_said(people, alma, words):
    case_for(people.alma, surname="Eibisch")
    assert "Kein Fall passt dazu" in words(alma.post(URL, {"q": "zzz"}))


def test_search_for_a_booking_number(people, alma, words):
    case_for(people.alma, surname="Eibisch", booking_number="117/25/4")
    case_for(people.alma, surname="Diptam")
    said = words(alma.post(URL, {"q": "117/25/4"}))
    assert "Eibisch" in said and "Diptam" not in said


def test_search_for_a_file_number_leads_to_the_file(people, alma, client_of, words):
    made = case_for(people.alma)
    answer = alma.post(URL, {"q": made.number})
    assert answer["Location"] == reverse("file", args=[made.number])
    assert "Kein Fall passt dazu" in words(client_of(people.cem).post(URL, {"q": made.number}))


# --- paging, fragment, statements ----------------------------------------------------------------------------------


def test_paging_goes_on_and_back_to_the_beginning(people, alma, words, monkeypatch):
    monkeypatch.setattr(case_list_queries, "PAGE", 2)
    for surname in ("Ackerwinde", "Beinwell", "Diptam"):
        case_for(people.alma, surname=surname)
    first = alma.get(URL, {"ordnung": "name"})
    assert "Diptam" not in words(first) and "zurück zum Anfang" not in words(first)
    sealed = re.search(r'name="ab" value="([^"]+)"', first.content.decode())[1]
    assert "winde" not in sealed and "beinwell" not in sealed.lower()
    second = alma.post(URL, {"ordnung": "name", "ab": sealed})
    assert "Diptam" in words(second) and "Beinwell" not in words(second) and "zurück zum Anfang" in words(second)
    assert "3 Fälle" in words(second)
    assert alma.post(URL, {"ab": "erfunden"}).status_code == 404


def test_total_is_bounded(people, alma, words, monkeypatch):
    monkeypatch.setattr(case_list_queries, "COUNT_LIMIT", 1)
    monkeypatch.setattr(case_list_queries, "PAGE", 1)
    for _ in range(2):
        case_for(people.alma)
    answer = alma.get(URL)
    assert "mehr als 1" in words(answer) and current(answer) == ["Meine offenen 1+"]


def test_fragment_is_the_list_with_its_filter(people, alma, words):
    case_for(people.alma, surname="Eibisch", state=State.AFTERCARE)
    answer = alma.post(URL, {"q": "", "phase": "AFTERCARE"}, headers={"HX-Request": "true", "HX-Target": "liste"})
    assert answer.content.decode().strip().startswith('<div id="liste">') and "Eibisch" in words(answer)
    assert answer["HX-Push-Url"] == "/faelle/?phase=AFTERCARE"
    searched = alma.post(URL, {"q": "eibisch"}, headers={"HX-Request": "true", "HX-Target": "liste"})
    assert searched["HX-Push-Url"] == "/faelle/"


QUERIES = [
    {},
    {"ordnung": "name"},
    {"ordnung": "entlassung"},
    {"phase": "PREPARATION", "anstalt": "jva-duesseldorf"},
    {"faellig": "ueberfaellig", "entlassung": "180"},
]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("who", ["alma", "jan", "hanna"])
def test_list_takes_the_same_statements_for_one_row_and_three(people, client_of, statements, who, query, rows):
    """Session, user, positions, actor; what stands around the list; rows, people. Nobody found: no people."""
    for _ in range(rows):
        case_for(people.alma)
    client = client_of(people[who])
    found = 'class="ina-track"' in client.get(URL, query).content.decode()
    with statements() as count:
        client.get(URL, query)
    assert count() == 7 if found else count() in {5, 6}


@pytest.mark.parametrize("query", QUERIES[:3])
def test_a_list_of_several_pages_counts_as_well(people, alma, statements, monkeypatch, query):
    monkeypatch.setattr(case_list_queries, "PAGE", 1)
    for _ in range(3):
        case_for(people.alma)
    alma.get(URL, query)
    with statements() as count:
        alma.get(URL, query)
    assert count() == 8
