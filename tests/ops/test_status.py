"""The pages for operators."""

import pytest

from ina.ops import health, runs
from tests.ops.test_jobs import add_job, status_of

pytestmark = pytest.mark.django_db
STATUS, JOBS = "/zustand/", "/zustand/auftraege/"


@pytest.fixture(autouse=True)
def shell_alone(settings):
    settings.ROOT_URLCONF = "tests.web.shell.urls"


@pytest.fixture
def gero(client_of, people):
    return client_of(people.gero)


def test_every_check_has_its_line(gero):
    answer = gero.get(STATUS)
    every = answer.content.decode().split('id="alles"')[1].split('id="arbeiten"')[0]
    assert every.count('class="ina-state') == len(health.CHECKS)
    for label in health.CHECKS:
        assert label in every


def test_what_is_not_in_order_stands_first_with_what_to_do(gero):
    answer = gero.get(STATUS)
    to_do = answer.content.decode().split('id="zu-tun"')[1].split('id="alles"')[0]
    assert answer.context["to_do"] and all(each.advice for each in answer.context["to_do"])
    for each in answer.context["to_do"]:
        assert each.label in to_do
    assert "Ortsverzeichnis" in to_do and "import_places" in to_do


def test_every_job_by_the_clock_has_its_line(gero):
    lines = gero.get(STATUS).content.decode().split('id="arbeiten"')[1]
    for label, meaning in runs.WORDS.values():
        assert label in lines and meaning in lines
    assert "script/ina doctor --json" in lines and "/gesund/" in lines


def test_no_job_in_trouble_is_said_in_words(gero):
    assert "Kein Auftrag braucht Sie" in gero.get(JOBS).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_jobs_are_listed_without_what_they_were_about(gero, count):
    for _ in range(count):
        add_job()
    html = gero.get(JOBS).content.decode()
    assert html.count("probe.task</span>") == count
    assert "4711" not in html


def test_repeat_and_drop_lead_back_and_say_what_happened(gero):
    again, away = add_job(), add_job()
    response = gero.post(f"{JOBS}{again}/wiederholen/")
    assert (response.status_code, response["Location"], status_of(again)) == (303, JOBS, "todo")
    assert f"Auftrag {again} wird wiederholt." in gero.get(JOBS).content.decode()
    gero.post(f"{JOBS}{away}/verwerfen/")
    assert status_of(away) == "cancelled"
    assert gero.get(f"{JOBS}{away}/verwerfen/").status_code == 405
    assert gero.post(f"{JOBS}{away}/anzuenden/").status_code == 404
    assert gero.post(f"{JOBS}{away}/verwerfen/").status_code == 404


@pytest.mark.parametrize("who", ["alma", "lea", "karl", "dora"])
def test_nobody_else_sees_them(client_of, people, who):
    client = client_of(people[who])
    for path in (STATUS, JOBS):
        assert client.get(path).status_code == 403
