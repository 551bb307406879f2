"""Protokoll: only for a check, with its reason, itself recorded before the answer; never a ranking, never a name of a
participant."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.audit import queries
from ina.audit import trail as written
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
ADDRESS = "/protokoll/"
CHECK = {"reason": "Beschwerde vom 12.11., Az. 4/26", "since": "16.11.2026", "until": "heute"}


@pytest.fixture
def karl(people, client_of, clock):
    return client_of(people.karl)


@pytest.fixture
def made(people, now):
    made = case_for(people.alma, surname="Wacholder")
    leave(people.alma, now, dossier_id=made.dossier_id)
    return made


def leave(member, at, action: str = "read.file", dossier_id=None, reason: str = "ASSIGNMENT") -> None:
    written._insert("default", at, action, member.actor, [dossier_id], "", reason, {})


def lines(answer) -> list:
    assert answer.status_code == 200, answer.content.decode()
    return list(answer.context["answer"].lines)


def test_nobody_but_the_data_protection_officer(people, client_of, clock):
    for member in people:
        client = client_of(member)
        expected = 200 if member.key == "karl" else 403
        assert client.get(ADDRESS).status_code == expected
        assert client.post(ADDRESS, CHECK).status_code == expected


def test_a_refused_search_reads_nothing_and_leaves_no_line(people, client_of, clock, trail):
    text = client_of(people.gero).post(ADDRESS, CHECK).content.decode()
    assert "nur die oder der Datenschutzbeauftragte" in text
    assert trail("search.trail") == []


def test_the_form_proposes_the_last_seven_days_and_shows_nothing(karl, made, trail):
    text = karl.get(ADDRESS).content.decode()
    assert 'value="16.11.2026"' in text and 'value="23.11.2026"' in text
    assert "23.11.2024" in text  # how far the trail goes back
    assert made.number not in text and "Gefunden" not in text
    assert trail("search.trail") == []


def test_a_line_says_who_when_what_which_file_and_why(karl, people, made):
    answer = karl.post(ADDRESS, CHECK | {"number": made.number, "group": "gelesen"})
    (line,) = lines(answer)
    assert (line.who, line.what, line.number, line.reason) == (
        people.alma.name, "Die Akte wurde geöffnet", made.number, "führt den Fall",
    )  # fmt: skip
    assert line.position == "Übergangsmanagement (Fallführung), Beispielträger"
    text = answer.content.decode()
    assert "23.11.2026, 12:00" in text and "Wacholder" not in text and "Robin" not in text


def test_the_search_is_recorded_with_its_reason(karl, people, made, trail):
    karl.post(ADDRESS, CHECK | {"number": made.number, "username": "alma"})
    (line,) = trail("search.trail")
    assert line.reason == CHECK["reason"] and line.user_id == people.karl.user_id
    assert line.details["dossier"] == made.dossier_id and line.details["account"] == people.alma.user_id
    # In the column it would stand in the file's own log and warn those who are checked.
    assert line.dossier_id is None


def test_recorded_before_the_answer(karl, trail, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(queries, "search_trail", fail)
    karl.raise_request_exception = False
    assert karl.post(ADDRESS, CHECK).status_code == 500
    assert len(trail("search.trail")) == 1


@pytest.mark.parametrize(
    ("given", "field", "text"),
    [
        ({"reason": ""}, "reason", "erforderlich"),
        ({"reason": "x"}, "reason", "mindestens 5"),
        ({"number": "2001-00001"}, "number", "gibt es nicht"),
        ({"username": "niemand"}, "username", "gibt es nicht"),
        ({"since": "22.11.2024"}, "since", "liegt vor dem 23.11.2024"),
        ({"until": "24.11.2026"}, "until", "Zukunft"),
        ({"since": "heute", "until": "gestern"}, "until", "vor dem Anfang"),
    ],
)
def test_what_cannot_be_stays_in_the_form_and_nothing_is_searched(karl, trail, given, field, text):
    answer = karl.post(ADDRESS, CHECK | {"username": "alma"} | given)
    assert answer.status_code == 422
    assert text in " ".join(answer.context["form"].errors[field])
    assert answer.context["answer"] is None and trail("search.trail") == []
    if field != "reason":
        assert CHECK["reason"] in answer.content.decode()


def test_narrowed_by_account_group_and_day(karl, people, now):
    leave(people.alma, now)
    leave(people.bert, now - timedelta(days=3), "search.people")
    assert {line.who for line in lines(karl.post(ADDRESS, CHECK | {"username": "BERT"}))} == {people.bert.name}
    only = lines(karl.post(ADDRESS, CHECK | {"username": "bert", "group": "gesucht"}))
    assert [line.what for line in only] == ["Nach einer Person wurde gesucht"]
    day = CHECK | {"username": "bert", "since": "20.11.2026", "until": "20.11.2026"}
    assert len(lines(karl.post(ADDRESS, day))) == 1
    assert lines(karl.post(ADDRESS, day | {"until": "19.11.2026", "since": "19.11.2026"})) == []


def test_days_begin_and_end_at_midnight_in_germany(karl, people, now):
    midnight = now.replace(hour=0, day=20)
    for seconds in (-1, 0, 24 * 3600 - 1, 24 * 3600):
        leave(people.alma, midnight + timedelta(seconds=seconds))
    found = lines(karl.post(ADDRESS, CHECK | {"since": "20.11.2026", "until": "20.11.2026"}))
    assert [line.at for line in found] == [midnight + timedelta(hours=24, seconds=-1), midnight]


def test_pages_lead_on_and_each_is_recorded(karl, people, now, trail):
    for number in range(queries.PAGE + 1):
        leave(people.alma, now - timedelta(minutes=number))
    asked = CHECK | {"username": "alma", "group": "gelesen"}
    first = karl.post(ADDRESS, asked)
    place = first.context["answer"].next_place
    assert len(lines(first)) == queries.PAGE and place
    second = karl.post(ADDRESS, asked | {"ab": place})
    assert len(lines(second)) == 1 and not second.context["answer"].next_place
    assert CHECK["reason"] in second.content.decode()
    assert [line.details["continued"] for line in trail("search.trail")] == [False, True]


def test_a_made_up_place_is_not_found(karl):
    from ina.accounts.crypto import encrypt

    assert karl.post(ADDRESS, CHECK | {"ab": "x"}).status_code == 404
    assert karl.post(ADDRESS, CHECK | {"ab": encrypt("Wacholder")}).status_code == 404


def test_empty_answer_is_said(karl):
    text = karl.post(ADDRESS, CHECK | {"group": "ausgegeben"}).content.decode()
    assert "gibt es dazu keine Zeile" in text and "Die Suche ist protokolliert" in text


def test_lines_without_account_and_of_a_deleted_file(karl, people, now):
    from ina.base.actor import NOBODY, System

    written._insert("default", now, "job.drop_old_log", System("drop_old_log"), [None], "", "", {})
    written._insert("default", now, "login.locked_out", NOBODY, [None], "", "", {})
    leave(people.alma, now, dossier_id=987654)
    found = {line.what: line for line in lines(karl.post(ADDRESS, CHECK))}
    assert found["Protokoll nach Ablauf der Frist gelöscht"].who == "die Anlage selbst"
    assert found["Nach zu vielen Versuchen wurde die Anmeldung gesperrt"].who == "nicht angemeldet"
    assert found["Die Akte wurde geöffnet"].number == "gelöschte Akte"


def test_no_ranking_can_be_asked_for(karl, people, now):
    leave(people.bert, now)
    leave(people.alma, now - timedelta(minutes=1))
    plain = [line.at for line in lines(karl.post(ADDRESS, CHECK))]
    sorted_by = lines(karl.post(ADDRESS, CHECK | {"sort": "who", "order": "user_id"}))
    assert [line.at for line in sorted_by] == plain == sorted(plain, reverse=True)


def test_statements_do_not_grow_with_lines(karl, people, made, now):
    karl.post(ADDRESS, CHECK)
    asked = CHECK | {"group": "gelesen"}
    for number in range(3):
        leave(people.bert, now - timedelta(minutes=number + 1), dossier_id=made.dossier_id)
        with CaptureQueriesContext(connection) as statements:
            found = lines(karl.post(ADDRESS, asked))
        assert len(found) == number + 2
        counted = [one["sql"] for one in statements if "SAVEPOINT" not in one["sql"]]
        assert len([sql for sql in counted if '"audit_entry"' in sql]) == 1
        assert len([sql for sql in counted if "access_dossier_numbers" in sql]) == 1
        assert len([sql for sql in counted if "display_name" in sql and '"accounts_user"."id" IN' in sql]) == 1


# --- only what a check looks at first, and as a file ------------------------------------------------------------------


@pytest.fixture
def noticed(people, now, made):
    """A line of everything that is notable, and the ordinary one of ``made``."""
    leave(people.bert, now, "access.open_emergency_access", made.dossier_id, "")
    leave(people.bert, now, "read.file", made.dossier_id, "EMERGENCY")
    leave(people.jan, now, "read.file", made.dossier_id, "TEAM")
    leave(people.alma, now, "search.outside", None, "Anfrage des Gerichts")
    leave(people.alma, now, "export.caseload", None, "")
    leave(people.alma, now, "login.failed", None, "")
    leave(people.gero, now, "accounts.reset_factors", None, "")


@pytest.mark.parametrize(
    ("notable", "who", "what"),
    [
        ("notfall", "Bert Buche", "Die Akte wurde im Notfall geöffnet"),
        ("notfall-gelesen", "Bert Buche", "Die Akte wurde geöffnet"),
        ("nicht-zustaendig", "Jan Jasmin", "Die Akte wurde geöffnet"),
        ("aussen", "Alma Ahorn", "Außerhalb der eigenen Fälle wurde nach einer Person gesucht"),
        ("anmeldung", "Alma Ahorn", "Eine Anmeldung ist misslungen"),
        ("zugang", "Gero Ginster", "Die zweiten Faktoren eines Kontos wurden gelöscht"),
    ],
)
def test_only_what_is_notable(karl, noticed, notable, who, what):
    assert [(line.who, line.what) for line in lines(karl.post(ADDRESS, CHECK | {"notable": notable}))] == [(who, what)]


def test_a_link_of_the_figures_fills_the_form_and_searches_nothing(karl, noticed, trail):
    answer = karl.get(ADDRESS, {"nur": "aussen", "von": "2026-11-01", "bis": "2026-11-20"})
    form = answer.context["form"]
    assert (form["notable"].value(), form["since"].value()) == ("aussen", "01.11.2026")
    assert answer.context["answer"] is None and trail("search.trail") == []
    assert karl.get(ADDRESS, {"nur": "quatsch", "von": "x"}).context["form"]["notable"].value() == ""


def test_the_page_says_what_is_kept_and_how_long(karl, words):
    said = words(karl.get(ADDRESS))
    assert "Was älter ist als 24 Monate, wird nachts gelöscht" in said and "bis zum 23.11.2024" in said


def test_all_lines_of_a_search_as_a_file_recorded_with_the_reason(karl, people, now, trail, monkeypatch):
    monkeypatch.setattr("ina.web.audit.audit_log.AT_ONCE", 2)
    for number in range(5):
        leave(people.alma, now - timedelta(minutes=number))
    asked = CHECK | {"username": "alma", "group": "gelesen"}
    answer = karl.post(f"{ADDRESS}datei/", asked)
    assert "attachment" in answer.headers["Content-Disposition"] and answer.headers["Cache-Control"] == "no-store"
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0] == "Zeitpunkt;Name;Stelle;Vorgang;Akte;Grund" and len(rows) == 6
    assert rows[1].startswith("23.11.2026 12:00:00;Alma Ahorn;") and rows[1].endswith(";führt den Fall")
    (line,) = trail("export.trail")
    assert line.reason == CHECK["reason"] and line.details["account"] == people.alma.user_id


def test_a_file_needs_a_reason_and_is_for_a_check_only(karl, people, client_of, trail):
    assert karl.post(f"{ADDRESS}datei/", CHECK | {"reason": ""}).status_code == 422
    assert client_of(people.gero).post(f"{ADDRESS}datei/", CHECK).status_code == 403
    assert karl.get(f"{ADDRESS}datei/").status_code == 405 and trail("export.trail") == []
