"""Commands on the server: the first administrator, and new keys."""

import json
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from ina.accounts.models import User
from ina.accounts.operations.invitations import accept_invitation
from ina.base import clock as base_clock
from ina.base.actor import NOBODY

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def nobody_administers(people):
    User.objects.filter(pk=people.gero.user_id).update(is_active=False)


def test_first_administrator_gets_a_link_that_works(nobody_administers, monkeypatch):
    monkeypatch.setenv("INA_ADDRESS", "http://localhost:8123")
    answer = json.loads(run("invite_administrator", "--username", "erste", "--name", "Erste Person", "--json"))
    assert answer["username"] == "erste"
    assert answer["link"] == f"http://localhost:8123/einladung/{answer['code']}/"
    accept_invitation(actor=NOBODY, now=base_clock.now(), code=answer["code"], password="vier-lange-woerter-hier")
    assert User.objects.get(username="erste").memberships.get().role == "SYSTEM_ADMIN"


def test_words_for_people_name_the_code(nobody_administers):
    answer = run("invite_administrator", "--address", "https://ina.example.org/")
    assert "Benutzername: verwaltung" in answer
    assert "https://ina.example.org/einladung/" in answer


def test_second_administrator_is_refused(people):
    with pytest.raises(CommandError) as error:
        run("invite_administrator")
    assert error.value.returncode == 3
    assert "--renew" in str(error.value)
    assert json.loads(run("invite_administrator", "--username", "gero", "--renew", "--json"))["username"] == "gero"


@pytest.mark.parametrize("arguments", [("--institution", "gibt-es-nicht"), ("--username", "Ä"), ("--name", "")])
def test_what_cannot_be_ends_with_two(nobody_administers, arguments):
    with pytest.raises(CommandError) as error:
        run("invite_administrator", *arguments)
    assert error.value.returncode == 2
    assert str(error.value)


def test_new_keys_are_accepted_by_command(db):
    assert json.loads(run("accept_new_keys", "--json")) == {"dropped_factors": 0}


def test_start_says_when_a_key_is_not_the_one_it_knows(db, settings):
    assert json.loads(run("remember_keys", "--json")) == {"problems": []}
    settings.FIELD_KEY = Fernet.generate_key().decode()
    with pytest.raises(CommandError, match=r"field\.key ist nicht die") as error:
        run("remember_keys")
    assert error.value.returncode == 2
    run("accept_new_keys")
    assert json.loads(run("remember_keys", "--json")) == {"problems": []}
