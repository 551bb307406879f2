"""Passing on: nothing gets past a missing, expired or withdrawn consent, and the receiver reads the snapshot alone."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ina.access.enums import Channel, ConsentPurpose, Direction
from ina.access.enums import Compartment as C
from ina.access.operations.consents import void_consent, withdraw_consent
from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.enums import State
from ina.network import operations, queries
from ina.network.enums import Delivery, DisclosureState, ReferralState, Reply
from ina.network.models import Disclosure, DisclosureContent, ServiceReferral
from tests.factories.cases import case_for
from tests.network.disclosing import AGENCY, allow, prepare, send
from tests.network.test_operations import propose

pytestmark = pytest.mark.django_db
BECAUSE = "a test looks at what it made"
TODAY = date(2026, 11, 23)


def withdraw(actor, consent, now):
    withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=TODAY, channel=Channel.PHONE, now=now)


def test_without_a_consent_nothing_is_prepared(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="keine Einwilligung"):
        prepare(actor, made, now)


@pytest.mark.parametrize("compartments", [C.PLAN, C.CUSTODY, C.HEALTH, C.BENEFITS])
def test_more_than_the_consent_covers_is_not_prepared(people, act_as, now, compartments):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        with pytest.raises(Invalid, match=r"umfasst nicht|Entbindung"):
            prepare(actor, made, now, compartments=compartments)
        assert not Disclosure.objects.unscoped(because=BECAUSE).exists()


def test_health_needs_the_release_from_secrecy_as_well(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, categories=C.IDENTITY | C.HEALTH)
        with pytest.raises(Invalid, match="Schweigepflicht"):
            prepare(actor, made, now, compartments=C.HEALTH)
        secrecy = allow(actor, made, now, categories=C.HEALTH, purpose=ConsentPurpose.SECRECY)
        sent, _ = send(actor, made, now, compartments=C.HEALTH)
        assert sent.secrecy_id == secrecy.pk
        withdraw(actor, secrecy, now)
        sent.refresh_from_db()
        assert sent.state is DisclosureState.STOPPED


@pytest.mark.parametrize("what", [C.CONTACTS, C.CONFIDENTIAL, C.INTERNAL, C.ESF])
def test_some_things_never_leave_whatever_was_signed(people, act_as, now, what):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, categories=C.IDENTITY | what)
        allow(actor, made, now, categories=what, purpose=ConsentPurpose.SECRECY)
        with pytest.raises((Invalid, Refused)):
            prepare(actor, made, now, compartments=what)


def test_a_consent_to_ask_is_none_to_tell(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, direction=Direction.GET)
        with pytest.raises(Invalid, match="mitzuteilen"):
            prepare(actor, made, now)


def test_the_inbox_shows_the_snapshot_to_the_partner_alone(people, act_as, now):
    made = case_for(people.alma, surname="Beifuß")
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        sent, way = send(actor, made, now)
        assert way is None
        assert sent.state is DisclosureState.DELIVERED
    with act_as(people.rita) as actor:
        found = queries.inbox(actor, today=TODAY)
        assert [row.name for row in found.rows] == ["Robin Beifuß"]
        assert [section.title for section in found.rows[0].sections] == [
            "Person und Kontakt",
            "Bildung, Arbeit, Profiling",
        ]
        assert queries.received(actor, sent.token, now).subject == "Bitte um einen Platz"
        # The dossier stays closed: one row is open, nothing beside it.
        with connection.cursor() as cursor:
            for table in ("cases_case", "cases_participant", "network_servicereferral", "network_disclosurelink"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == 0, table
            cursor.execute("UPDATE network_disclosure SET subject = 'x'")
            assert cursor.rowcount == 0
    for other in (people.ilse, people.olga, people.frida, people.cem, people.gero):
        with act_as(other) as actor:
            assert not queries.inbox(actor, today=TODAY).rows
            with pytest.raises(NotVisible):
                queries.received(actor, sent.token, now)
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM network_disclosurecontent")
                assert cursor.fetchone()[0] == 0


def test_the_snapshot_stays_as_it_was(people, act_as, now):
    from ina.cases.models import Participant
    from ina.cases.operations.people import correct_participant

    made = case_for(people.alma, surname="Beifuß")
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        sent, _ = send(actor, made, now)
        person = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        correct_participant(actor=actor, participant_id=person.pk, surname="Bärlauch", now=now)
        content = DisclosureContent.objects.visible_to(actor).get(disclosure=sent)
        assert "Beifuß" in str(content.told)
        from ina.network.queries.snapshots import fingerprint

        assert fingerprint(content.told, sent.subject, sent.reason) == sent.sha256


@pytest.mark.parametrize("how", ["withdrawn", "voided", "replaced"])
def test_what_is_open_closes_with_its_consent(people, act_as, now, how):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now)
        sent, _ = send(actor, made, now)
        if how == "withdrawn":
            withdraw(actor, consent, now)
        elif how == "voided":
            void_consent(actor=actor, consent_id=consent.pk, because="verwechselt", now=now)
        else:
            allow(actor, made, now, categories=C.IDENTITY, given_on=TODAY)
    with act_as(people.rita) as actor:
        assert not queries.inbox(actor, today=TODAY).rows
        with pytest.raises(NotVisible):
            queries.received(actor, sent.token, now)
        with pytest.raises(NotVisible):
            operations.answer_disclosure(actor=actor, now=now, token=sent.token, reply=Reply.ACCEPT)


def test_a_consent_withdrawn_while_a_letter_waits_keeps_it_here(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now)
        sent, _ = send(actor, made, now, delivery=Delivery.LETTER)
        assert sent.state is DisclosureState.WAITING
        withdraw(actor, consent, now)
        with pytest.raises(Refused, match="gestoppt"):
            operations.post_disclosure(actor=actor, disclosure_id=sent.pk, on=TODAY, now=now)
        sent.refresh_from_db()
        assert (sent.state, sent.delivered_at) == (DisclosureState.STOPPED, None)


def test_a_consent_that_ran_out_since_the_preview_stops_the_release(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, expires_on=TODAY)
        sent = prepare(actor, made, now)
        with pytest.raises(Refused, match="abgelaufen"):
            operations.release_disclosure(actor=actor, disclosure_id=sent.pk, now=now + timedelta(days=1))


def test_the_inbox_closes_on_the_last_day_of_the_consent(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, expires_on=TODAY + timedelta(days=3))
        sent, _ = send(actor, made, now)
        assert sent.open_until == TODAY + timedelta(days=3)
    with act_as(people.rita) as actor:
        assert queries.inbox(actor, today=TODAY + timedelta(days=3)).rows
        assert not queries.inbox(actor, today=TODAY + timedelta(days=4)).rows
        with pytest.raises(NotVisible):
            queries.received(actor, sent.token, now + timedelta(days=4))


def test_words_of_custody_go_only_where_custody_was_chosen(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, categories=C.IDENTITY | C.CUSTODY)
        with pytest.raises(Invalid, match="Haftanstalt"):
            prepare(actor, made, now, compartments=C.IDENTITY, reason="kommt aus der Haftanstalt")
        sent = prepare(actor, made, now, compartments=C.CUSTODY, reason="kommt aus der Haftanstalt")
        told = DisclosureContent.objects.visible_to(actor).get(disclosure=sent).told
        assert [one["title"] for one in told] == ["Person und Kontakt", "Haft und Entlassungstermin"]


def test_an_answer_moves_the_referral_and_asks_to_be_read(people, act_as, now):
    from ina.agenda.enums import ItemState
    from ina.agenda.models import Item

    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        referral = propose(actor, made.case_id, now)
        sent, _ = send(actor, made, now, referral_number=referral.number)
        assert queries.referral_state(actor, referral) is ReferralState.SENT
    with act_as(people.rita) as actor:
        operations.answer_disclosure(actor=actor, now=now, token=sent.token, reply=Reply.ASK, said="Ab wann?")
        operations.answer_disclosure(actor=actor, now=now, token=sent.token, reply=Reply.ACCEPT, said_by="R. Rose")
        with pytest.raises(Invalid, match="schon geantwortet"):
            operations.answer_disclosure(actor=actor, now=now, token=sent.token, reply=Reply.DECLINE)
        assert not ServiceReferral.objects.unscoped(because=BECAUSE).exists()
    with act_as(people.alma) as actor:
        assert queries.referral_state(actor, referral) is ReferralState.ACCEPTED
        items = Item.objects.visible_to(actor).filter(kind="network.answer_came", state=ItemState.OPEN)
        assert items.count() == 1
        row = queries.get_disclosure(actor, _case(made), sent.number)
        assert row.has_unread
        operations.read_answer(actor=actor, disclosure_id=sent.pk, now=now)
        assert not queries.get_disclosure(actor, _case(made), sent.number).has_unread
        assert not items.all().exists()


def _case(made):
    from tests.factories.cases import case_of

    return case_of(made)


def test_nobody_answers_for_another_house(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        sent, _ = send(actor, made, now)
        with pytest.raises(NotVisible):
            operations.answer_disclosure(actor=actor, now=now, token=sent.token, reply=Reply.ACCEPT)
    with act_as(people.ilse) as actor:
        with pytest.raises(NotVisible):
            operations.answer_disclosure(actor=actor, now=now, token=sent.token, reply=Reply.ACCEPT)
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO network_disclosureanswer (dossier_id, disclosure_id, reply, said, said_by, answered_at)"
                " VALUES (%s, %s, 'ACCEPT', '', '', now())",
                [made.dossier_id, sent.pk],
            )


def test_a_law_is_named_in_place_of_a_consent(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match="Art von Stelle"):
            prepare(actor, made, now, legal_basis="JVOLLZDSG_13")
        sent, _ = send(actor, made, now, partner=AGENCY, compartments=C.CUSTODY, legal_basis="JVOLLZDSG_13")
        assert (sent.basis, sent.consent_id) == ("JVOLLZDSG_13", None)
        with pytest.raises(Invalid, match="umfasst nicht alles"):
            prepare(actor, made, now, partner=AGENCY, compartments=C.HEALTH, legal_basis="JVOLLZDSG_13")
    with act_as(people.ilse) as actor:
        assert len(queries.inbox(actor, today=TODAY).rows) == 1


def test_the_prison_law_ends_at_the_gate(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="Justiz"):
        prepare(actor, made, now, partner=AGENCY, compartments=C.CUSTODY, legal_basis="JVOLLZDSG_13")


def test_before_the_admission_nothing_is_passed_on(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        with pytest.raises(Refused, match="Aufnahme"):
            prepare(actor, made, now)


def test_a_partner_without_account_has_no_inbox(people, act_as, now):
    from tests.network.offers import a_partner

    made, partner = case_for(people.alma), a_partner()
    with act_as(people.alma) as actor:
        allow(actor, made, now, partner=partner.key)
        with pytest.raises(Invalid, match="kein Konto"):
            prepare(actor, made, now, partner=partner.key)


def test_a_dropped_one_is_never_released(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        sent = prepare(actor, made, now)
        operations.stop_disclosure(actor=actor, disclosure_id=sent.pk, because="doch nicht", now=now)
        with pytest.raises(Refused, match="gestoppt"):
            operations.release_disclosure(actor=actor, disclosure_id=sent.pk, now=now)


def test_the_trail_names_no_content(people, act_as, now, trail):
    made = case_for(people.alma, surname="Beifuß")
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        send(actor, made, now)
    told = str(trail("network.prepare_disclosure")) + str(trail("network.release_disclosure"))
    assert "compartments" in told
    assert "Beifuß" not in told
    assert "Schulden" not in told


def test_only_those_who_see_everything_in_it_read_the_content(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, categories=C.IDENTITY | C.HEALTH)
        allow(actor, made, now, categories=C.HEALTH, purpose=ConsentPurpose.SECRECY)
        sent, _ = send(actor, made, now, compartments=C.HEALTH)
        assert queries.content_of(actor, sent.pk)
    with act_as(people.jan) as actor:  # the lead sees no health
        assert queries.content_of(actor, sent.pk) is None


def test_the_gate_closes_what_rests_on_a_consent_of_custody(people, act_as, now):
    from ina.cases.operations import acts

    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, beyond_release=False)
        sent, _ = send(actor, made, now)
        allow(actor, made, now, partner=AGENCY, beyond_release=True)
        send(actor, made, now, partner=AGENCY)
    with act_as(people.rita) as actor:
        assert queries.inbox(actor, today=TODAY).rows
    with act_as(people.alma) as actor:
        acts.confirm_release(actor=actor, case_id=made.case_id, released_on=TODAY, now=now)
        sent = Disclosure.objects.visible_to(actor).get(pk=sent.pk)
        assert sent.state is DisclosureState.STOPPED
    with act_as(people.rita) as actor:
        assert not queries.inbox(actor, today=TODAY).rows
    with act_as(people.ilse) as actor:
        assert queries.inbox(actor, today=TODAY).rows


def test_a_step_that_the_prison_takes_stays_here_unless_custody_is_told(people, act_as, now):
    from ina.planning import operations as planning
    from ina.planning.enums import StepOwner
    from ina.planning.models import Goal
    from tests.factories.steps import plan_something

    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        plan_something(actor, made, now)
        goal = Goal.objects.visible_to(actor).get()
        planning.add_step(actor=actor, goal_id=goal.pk, what="Zeugnis ausstellen", owner=StepOwner.PRISON, now=now)
        allow(actor, made, now, categories=C.IDENTITY | C.PLAN | C.CUSTODY)
        told = [
            str(
                DisclosureContent.objects.visible_to(actor)
                .get(disclosure=prepare(actor, made, now, compartments=what))
                .told
            )
            for what in (C.PLAN, C.PLAN | C.CUSTODY)
        ]
    assert "Zeugnisse besorgen" in told[0] and "Zeugnis ausstellen" not in told[0]
    assert "Zeugnis ausstellen" in told[1]


def test_a_house_that_betrays_custody_is_not_named_to_the_receiver(people, act_as, now):
    from ina.institutions.models import Institution

    made = case_for(people.alma)
    Institution.objects.filter(pk=people.alma.institution_id).update(
        short_name="Justizvollzug NRW", name="Justizvollzug"
    )
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        send(actor, made, now)
        with pytest.raises(Invalid, match="Justizvollzug"):
            prepare(actor, made, now, delivery=Delivery.LETTER)
    with act_as(people.rita) as actor:
        (row,) = queries.inbox(actor, today=TODAY).rows
        assert (row.sender, row.phone) == ("", "")
