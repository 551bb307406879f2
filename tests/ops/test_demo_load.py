"""The demo, loaded small: every stage by the real operations, every log-in with something to look at."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from ina.accounts.models import User
from ina.base import clock
from ina.cases.operations.worklist import compare_all
from ina.ops.demo_load import Loaded, how_far
from ina.ops.demo_logins import LOGINS, PASSWORD
from ina.ops.demo_staff import make_staff
from tests import database

FEW = 22


@pytest.fixture
def without_the_cast(owner_of_tables):
    """The cast of the tests bears the names of the demo's staff."""
    owner_of_tables.execute("UPDATE accounts_user SET username = 'cast.' || username")


@pytest.fixture
def is_demo(settings):
    settings.DEMO = True
    settings.INA_SECOND_FACTOR_REQUIRED = False


def load(**options) -> dict:
    out = io.StringIO()
    call_command("load_demo", as_json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_a_small_demo(committed_db, without_the_cast, is_demo, owner_of_tables, monkeypatch):
    for variable in database.ADDRESSES:  # for the processes that tell the lives
        monkeypatch.setenv(variable, database.address(variable, committed_db))
    told = load(people=FEW, processes=2)
    assert told["people"] == FEW
    assert {line["password"] for line in told["logins"]} == {PASSWORD}
    assert [line["username"] for line in told["logins"]] == [login.username for login in LOGINS if not login.left]
    assert how_far() is Loaded.ALL

    def one(sql):
        return owner_of_tables.execute(sql).fetchone()[0]

    # Nobody is there who was not invented, and nobody twice.
    assert one("SELECT count(*) FROM access_dossier WHERE is_demo") == one("SELECT count(*) FROM cases_participant")
    assert one("SELECT count(*) FROM cases_participant") == FEW
    # Numbers follow the order of the referrals.
    assert one("SELECT bool_and(ordered) FROM (SELECT opened_on >= lag(opened_on, 1, opened_on) OVER (ORDER BY id)"
               " AS ordered FROM access_dossier) d")  # fmt: skip
    states = {row[0] for row in owner_of_tables.execute("SELECT DISTINCT state FROM cases_worklist")}
    assert states >= {"REFERRED", "SCREENING", "WAITING", "ADMITTED", "AFTERCARE", "PAUSED", "DECLINED", "REJECTED"}
    # Nothing was entered in the future; list rows are what the facts say.
    assert one("SELECT max(recorded_at) < now() FROM cases_caseact")
    assert one("SELECT max(recorded_at) < now() FROM monitoring_contact")
    assert one("SELECT count(*) FROM evaluation_episodefact") > 0
    assert one("SELECT count(*) FROM agenda_reminder") > 0
    assert one("SELECT count(*) FROM network_offer WHERE verified_on IS NULL") > 0
    # What went to partners went with a consent, and the partner with an account finds it in its inbox.
    assert one("SELECT count(*) FROM network_disclosure WHERE delivered_at IS NOT NULL AND consent_id IS NOT NULL") > 0
    assert one("SELECT count(*) FROM network_servicereferralact WHERE act = 'SENT' AND basis = ''") == 0
    assert compare_all() == 0

    # A second time nothing happens, and the answer is the same but for the printed code.
    again = load(people=FEW, processes=2)
    assert [line["username"] for line in again["logins"]] == [line["username"] for line in told["logins"]]
    assert one("SELECT count(*) FROM access_dossier") == FEW
    call_command("load_demo", check=True)

    for login in LOGINS:
        if login.left or login.totp:
            continue
        client = Client()
        client.force_login(User.objects.get(username=login.username))
        answer = client.get("/", follow=True)
        assert answer.status_code == 200, login.username
    connections["default"].close()


@pytest.mark.django_db
def test_half_a_demo_is_told(is_demo):
    """Killed while the lives are told: the next loading says so and changes nothing."""
    for user in User.objects.all():
        user.username = f"cast.{user.username}"
        user.save(update_fields=["username"])
    assert how_far() is Loaded.NOTHING
    make_staff(clock.today())
    assert how_far() is Loaded.HALF
    with pytest.raises(CommandError) as refused:
        call_command("load_demo")
    assert refused.value.returncode == 5
    assert "--reset" in str(refused.value)
