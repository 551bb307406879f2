"""Links for partners without an account: guessed, reused, expired, forwarded, looked at by scanners, mailed."""

import re
import socket
from datetime import timedelta

import pytest
from django.core import mail

from ina.access.context import acting_as
from ina.access.enums import Channel
from ina.access.operations.consents import withdraw_consent
from ina.base.actor import NOBODY, Link
from ina.base.errors import NotVisible, Refused
from ina.network import gateways, operations, queries
from ina.network.enums import Delivery, DisclosureState, Reply
from ina.network.models import Disclosure, DisclosureAnswer, DisclosureLink
from ina.network.queue import _deliver, deliver_one
from ina.network.secrets import MOST_TRIES
from tests.factories.cases import case_for
from tests.network.disclosing import allow, send
from tests.network.test_disclosures import BECAUSE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(people, act_as, now):
    """A disclosure behind a link: (made, disclosure, way, consent)."""
    made = case_for(people.alma, surname="Beifuß")
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now)
        disclosure, way = send(actor, made, now, delivery=Delivery.LINK)
    return made, disclosure, way, consent


def enter(way, now, code=None):
    with acting_as(NOBODY):
        return queries.try_link(way.address, way.code if code is None else code, now)


def test_the_link_opens_the_snapshot_and_nothing_else(sent, now, act_as, people):
    _, disclosure, way, _ = sent
    state, link = enter(way, now)
    assert state == "open"
    with acting_as(link):
        token = queries.token_behind(link)
        assert token == disclosure.token
        assert queries.received(link, token, now).name == "Robin Beifuß"
        operations.answer_disclosure(actor=link, now=now, token=token, reply=Reply.ACCEPT, said="Ja, ab Montag")
    with act_as(people.alma) as actor:
        assert DisclosureAnswer.objects.visible_to(actor).get().said == "Ja, ab Montag"


def test_a_look_changes_nothing(sent, now, act_as, people):
    """A mail scanner opens every address: it must not use it up, count as opened, or answer."""
    _, disclosure, way, _ = sent
    for _ in range(20):
        assert enter(way, now, code="")[0] == "shut"
    with act_as(people.alma) as actor:
        link = DisclosureLink.objects.visible_to(actor).get()
        assert (link.tries, link.renewal_asked_at) == (0, None)
        assert Disclosure.objects.visible_to(actor).get(pk=disclosure.pk).opened_at is None
    assert enter(way, now)[0] == "open"


def test_guesses_are_counted_and_end_the_link(sent, now, people, act_as):
    _, disclosure, way, _ = sent
    for _ in range(MOST_TRIES):
        assert enter(way, now, code="FALS-CHES")[0] == "wrong"
    assert enter(way, now)[0] == "locked"
    with act_as(people.alma) as actor:
        fresh = operations.renew_link(actor=actor, disclosure_id=disclosure.pk, now=now)
    assert enter(way, now)[0] == "expired"
    assert enter(fresh, now)[0] == "open"
    assert enter(fresh, now, code=way.code)[0] == "wrong"


def test_an_unknown_address_says_nothing(now, people):
    with acting_as(NOBODY):
        assert queries.try_link("gibt-es-nicht", "ABCD-EFGH", now) == ("unknown", None)


def test_it_expires_and_a_new_one_can_be_asked_for(sent, now, people, act_as):
    from ina.agenda.models import Item

    _, _, way, _ = sent
    late = now + timedelta(days=8)
    assert enter(way, late)[0] == "expired"
    with acting_as(NOBODY):
        for _ in range(3):
            operations.ask_new_link(actor=NOBODY, now=late, address=way.address)
        operations.ask_new_link(actor=NOBODY, now=late, address="gibt-es-nicht")
    with act_as(people.alma) as actor:
        assert Item.objects.visible_to(actor).filter(kind="network.link_asked").count() == 1


def test_a_withdrawal_closes_the_link_at_once(sent, now, people, act_as):
    _, disclosure, way, consent = sent
    state, link = enter(way, now)
    assert state == "open"
    with act_as(people.alma) as actor:
        withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=TODAY, channel=Channel.MAIL, now=now)
    assert enter(way, now)[0] == "closed"
    with acting_as(link), pytest.raises(NotVisible):  # somebody who had it open
        queries.received(link, disclosure.token, now)
    with acting_as(NOBODY):
        operations.ask_new_link(actor=NOBODY, now=now, address=way.address)
    with act_as(people.alma) as actor:
        assert DisclosureLink.objects.visible_to(actor).get().renewal_asked_at is None


def test_a_link_of_another_disclosure_opens_nothing_here(sent, now, people, act_as):
    _, disclosure, _, _ = sent
    other = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, other, now)
        _, way = send(actor, other, now, delivery=Delivery.LINK)
    _, link = enter(way, now)
    with acting_as(link):
        with pytest.raises(NotVisible):
            queries.received(link, disclosure.token, now)
        with pytest.raises(NotVisible):
            operations.answer_disclosure(actor=link, now=now, token=disclosure.token, reply=Reply.DECLINE)
    with acting_as(Link(10**9)):
        assert not Disclosure.objects.unscoped(because=BECAUSE).exists()


def test_address_and_code_are_kept_as_hashes(sent, people, act_as):
    _, _, way, _ = sent
    with act_as(people.alma) as actor:
        kept = str(DisclosureLink.objects.visible_to(actor).values().get())
    assert way.address not in kept
    assert way.code.replace("-", "") not in kept


# --- by mail ------------------------------------------------------------------------------------------------------


@pytest.fixture
def mail_on(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    settings.NEUTRAL_MAIL_FROM = "Bildungswerk <post@bildungswerk.example>"
    settings.PUBLIC_ADDRESS = "https://nachricht.example"


@pytest.fixture
def waiting(people, act_as, now, mail_on):
    made = case_for(people.alma, surname="Beifuß")
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now)
        disclosure, way = send(actor, made, now, delivery=Delivery.LINK, address="info@linde.example")
    return disclosure, way, consent


def deliver(people, act_as, disclosure, now):
    with act_as(people.alma) as actor:
        return operations.deliver_waiting(actor=actor, disclosure_id=disclosure.pk, now=now)


def again(people, act_as, disclosure):
    with act_as(people.alma) as actor:
        return Disclosure.objects.visible_to(actor).get(pk=disclosure.pk)


def test_the_mail_is_neutral_and_its_link_works(waiting, people, act_as, now):
    disclosure, way, _ = waiting
    assert disclosure.state is DisclosureState.WAITING
    assert deliver(people, act_as, disclosure, now)
    (message,) = mail.outbox
    told = message.message().as_string()
    address = re.search(r"https://nachricht\.example/r/([\w-]+)/", message.body)[1]
    assert way.code not in told
    for word in ("Beifuß", "Robin", "Haft", "JVA", "ina@", "INA", socket.gethostname(), "Schulden"):
        assert word not in told, word
    with acting_as(NOBODY):
        assert queries.try_link(address, way.code, now)[0] == "open"
        assert queries.try_link(way.address, way.code, now)[0] == "unknown"
    assert not deliver(people, act_as, disclosure, now)  # never twice
    assert len(mail.outbox) == 1


def test_a_consent_withdrawn_in_the_queue_lets_nothing_out(waiting, people, act_as, now):
    disclosure, _, consent = waiting
    with act_as(people.alma) as actor:
        withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=TODAY, channel=Channel.PHONE, now=now)
    with pytest.raises(Refused):
        deliver(people, act_as, disclosure, now)
    assert not mail.outbox


def test_a_consent_that_runs_out_in_the_queue_stops_it(people, act_as, now, mail_on):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, expires_on=TODAY)
        disclosure, _ = send(actor, made, now, delivery=Delivery.LINK, address="info@linde.example")
    assert not deliver(people, act_as, disclosure, now + timedelta(days=1))
    disclosure = again(people, act_as, disclosure)
    assert disclosure.state is DisclosureState.STOPPED
    assert "abgelaufen" in disclosure.stopped_because
    assert not mail.outbox


def test_a_mail_server_that_is_away_keeps_it_and_says_so(waiting, people, act_as, now, settings):
    """A real connection to a port of this machine where nobody listens."""
    disclosure, _, _ = waiting
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert not deliver(people, act_as, disclosure, now)
    disclosure = again(people, act_as, disclosure)
    assert disclosure.state is DisclosureState.WAITING
    assert (disclosure.tries, disclosure.again_at) == (1, now + timedelta(minutes=15))
    assert "Mailserver" in disclosure.problem
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver(people, act_as, disclosure, now + timedelta(minutes=15))
    disclosure = again(people, act_as, disclosure)
    assert (disclosure.state, disclosure.problem) == (DisclosureState.DELIVERED, "")


def test_mail_is_off_unless_somebody_switched_it_on(settings, people, act_as, now):
    settings.EMAIL_HOST = "127.0.0.1"
    assert not gateways.mail_is_on()
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        disclosure, way = send(actor, made, now, delivery=Delivery.LINK, address="info@linde.example")
    assert way
    assert disclosure.state is DisclosureState.DELIVERED
    assert not mail.outbox


def test_what_somebody_left_behind_goes_out_by_whoever_leads_the_case_now(waiting, people, act_as, now, settings):
    disclosure, _, _ = waiting
    gone, leads = people.bert.membership_id, people.alma.membership_id
    assert not _deliver(disclosure.pk, [gone], now) and not mail.outbox
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    # A server that is away is asked once, not once by each of them.
    assert not _deliver(disclosure.pk, [gone, leads, people.jan.membership_id], now)
    assert again(people, act_as, disclosure).tries == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert _deliver(disclosure.pk, [gone, leads], now + timedelta(minutes=15)) and len(mail.outbox) == 1


def test_who_left_the_file_sends_nothing_and_nothing_goes_twice(waiting, people, act_as, now):
    disclosure, _, _ = waiting
    assert not deliver_one(disclosure.pk, people.bert.membership_id, now)  # does not see the file
    assert deliver_one(disclosure.pk, people.alma.membership_id, now)
    assert not deliver_one(disclosure.pk, people.alma.membership_id, now)
    assert len(mail.outbox) == 1
