"""The network at its named sizes: 20,000 partners with 60,000 offers, an inbox of 5,000, 1,000 disclosures sent."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import psycopg

from benchmarks.case import acting
from benchmarks.timing import side_by_side

PARTNERS, OFFERS, WAITING, SENT = 20_000, 60_000, 5_000, 1_000
# What the floors read, without wall, order of verdicts, counting or words.
BY_NEED = """
SELECT o.number, o.title, i.short_name, i.town
FROM network_offer o JOIN institutions_institution i ON i.id = o.institution_id
WHERE o.needs @> ARRAY['R4']::varchar[] AND o.valid_period @> current_date
ORDER BY i.name_key, o.number LIMIT 50
"""
CRITERIA = "SELECT id, criteria FROM network_offer WHERE valid_period @> current_date"
NEWEST = """
SELECT d.token, d.subject, c.told FROM network_disclosure d JOIN network_disclosurecontent c ON c.disclosure_id = d.id
WHERE d.receiver = %s AND d.stopped_at IS NULL ORDER BY d.delivered_at DESC LIMIT 50
"""
FILL = """
INSERT INTO institutions_institution (key, kind, specialty, name, short_name, name_key, search_key, neutral_name,
    official_number, legal_form, street, postcode, town, phone, email, website, valid_period, source, verified_by,
    version, directions, opening_hours, verified_before_by)
SELECT 'probe-' || n, 'PROVIDER', '', 'Beratungshaus ' || n, 'Beratungshaus ' || n, 'beratungshaus ' || n,
    'beratungshaus ' || n || ' stadt ' || n %% 400, '', '', '', '', '', 'Stadt ' || n %% 400, '', '', '',
    daterange(NULL, NULL), 'Probe', '', 1, '', '', '' FROM generate_series(1, %(partners)s) n;
INSERT INTO network_offer (number, title, needs, phases, target_group, area, criteria, costs, legal_basis,
    referral_route, valid_period, search_key, verified_by, version, institution_id)
SELECT 1000000 + n, 'Angebot ' || n, ARRAY['R' || 1 + n %% 5]::varchar[],
    ARRAY[(ARRAY['CUSTODY', 'PREPARATION', 'AFTERCARE'])[1 + n %% 3]]::varchar[], '',
    CASE WHEN n %% 4 = 0 THEN '{}' ELSE ARRAY['05' || lpad((111 + n %% 60)::text, 3, '0')] END::varchar[],
    jsonb_build_array(
        jsonb_build_object('fact', 'age', 'op', 'at_least', 'value', 18 + n %% 30, 'because', 'Probe'),
        jsonb_build_object('fact', 'german_level', 'op', 'at_least', 'value', 'A2', 'because', 'Probe'),
        jsonb_build_object('fact', 'debts', 'op', 'one_of', 'value', jsonb_build_array('YES'), 'because', 'Probe')),
    '', '', '', daterange(NULL, NULL), 'angebot ' || n, '', 1, i.id
FROM generate_series(1, %(offers)s) n JOIN institutions_institution i ON i.key = 'probe-' || 1 + n %% %(partners)s;
ANALYZE institutions_institution; ANALYZE network_offer;
"""
FILL_INBOX = """
WITH sent AS (
    INSERT INTO network_disclosure (dossier_id, case_id, number, token, partner_id, delivery, compartments, subject,
        reason, basis, basis_said, sha256, asks_answer, address, prepared_at, prepared_by_id, released_at,
        released_by_id, delivered_at, open_until, receiver, tries, problem, stopped_because, version)
    SELECT %(dossier)s, %(case)s, %(first)s + n, 'probe' || %(first)s + n, %(partner)s, 'INBOX', 2, 'Anliegen ' || n,
        'Probe', 'CONSENT', 'Probe', '', true, '', now(), %(who)s, now(), %(who)s, now() - n * interval '1 minute',
        current_date + 90, %(receiver)s, 0, '', '', 1 FROM generate_series(1, %(waiting)s) n
    RETURNING id, dossier_id, subject)
INSERT INTO network_disclosurecontent (dossier_id, compartments, disclosure_id, told)
SELECT dossier_id, 2050, id, jsonb_build_array(jsonb_build_object('title', 'Person und Kontakt', 'lines',
    jsonb_build_array(jsonb_build_array('Name', 'Robin ' || subject)))) FROM sent
"""


def measure(rounds: int, *, username: str = "fm0", long: bool = True) -> dict:
    """Timings by name with their floors, and the seconds of sending with the seconds of bare rows."""
    share = 1 if long else 10
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(FILL % {"partners": PARTNERS // share, "offers": OFFERS // share})
        owner.execute("SET jit = off")
        figures = _searches(owner, max(5, rounds // 4))
        figures |= _inbox(owner, username, max(5, rounds // 4), WAITING // share)
        figures["sending"] = _sending(owner, username, SENT // share)
    return figures


def _searches(owner: psycopg.Connection, rounds: int) -> dict:
    from ina.base import clock
    from ina.institutions.merging import alike
    from ina.network.queries import WantedOffer, find_offers, network_picture
    from ina.network.queries.entitlement import judged_offers
    from ina.network.rules.entitlement import Known
    from ina.profiling.enums import Need

    today = clock.today()
    facts = {"age": Known(34, "Probe"), "german_level": Known("B1", "Probe")}
    calls: dict[str, Callable[[], object]] = {
        "search: need": lambda: find_offers(WantedOffer(need=Need("R4")), on=today),
        "search: need, place": lambda: find_offers(WantedOffer(need=Need("R4"), district="05124"), on=today),
        "search: two words": lambda: find_offers(WantedOffer(search="beratungshaus 77"), on=today),
        "floor: search": lambda: owner.execute(BY_NEED).fetchall(),
        "entitlement: all offers": lambda: judged_offers(facts, WantedOffer(), on=today),
        "entitlement: need, place": lambda: judged_offers(
            facts, WantedOffer(need=Need("R4"), district="05124"), on=today
        ),
        "search: gaps and picture": lambda: network_picture(today, "05124"),
        "search: doubles": lambda: alike(today),
        "floor: entitlement": lambda: owner.execute(CRITERIA).fetchall(),
    }
    return dict(side_by_side(calls, rounds, warm_up=1))


def _inbox(owner: psycopg.Connection, username: str, rounds: int, waiting: int) -> dict:
    from django.db import transaction

    from ina.access.context import acting_as
    from ina.base import clock
    from ina.base.actor import Person
    from ina.network.queries import inbox

    dossier, case, who, partner, receiver = _somebody(owner, username)
    owner.execute(
        FILL_INBOX,
        {
            "dossier": dossier,
            "case": case,
            "who": who,
            "partner": partner,
            "receiver": receiver,
            "waiting": waiting,
            "first": 100_000,
        },
    )
    owner.execute("ANALYZE network_disclosure")
    owner.execute("ANALYZE network_disclosurecontent")
    clerk = Person(id=0, membership=0, role_code="AGENCY", institution_id=partner, holder_ids=(receiver,))

    def read(**wanted) -> Callable[[], object]:
        def call() -> object:
            with transaction.atomic(), acting_as(clerk):
                found = inbox(clerk, today=clock.today(), **wanted)
                assert len(found.rows) == 50
                return found

        return call

    calls = {
        "inbox": read(),
        "inbox: without answer": read(unanswered=True),
        "inbox: page 10": read(page=10),
        "floor: inbox": lambda: owner.execute(NEWEST, [receiver]).fetchall(),
    }
    return dict(side_by_side(calls, rounds, warm_up=1))


def _sending(owner: psycopg.Connection, username: str, how_many: int) -> dict:
    """So many from preview to inbox, every rule and wall and line of the trail included; and as many bare rows."""
    from ina.access.enums import Compartment, ConsentPurpose, Direction
    from ina.access.operations.consents import record_consent
    from ina.base import clock
    from ina.institutions.models import Institution
    from ina.network.enums import Delivery
    from ina.network.operations import prepare_disclosure, release_disclosure

    dossier, case, who, partner, _ = _somebody(owner, username)
    key = Institution.objects.get(pk=partner).key
    with acting(username) as actor:
        record_consent(
            actor=actor, dossier_id=dossier, purpose=ConsentPurpose.SHARING, given_on=clock.today(), text_version="1",
            on_paper=True, recipient_id=partner, categories=Compartment.IDENTITY | Compartment.PLAN, aim="Probe",
            direction=Direction.BOTH, beyond_release=True, now=clock.now(),
        )  # fmt: skip
        begin = time.perf_counter()
        for number in range(how_many):
            made = prepare_disclosure(
                actor=actor, case_id=case, partner_key=key, delivery=Delivery.LINK, compartments=Compartment.PLAN,
                subject=f"Anliegen {number}", reason="Beratung", now=clock.now(),
            )  # fmt: skip
            release_disclosure(actor=actor, disclosure_id=made.pk, now=clock.now())
        seconds = time.perf_counter() - begin
    # Bare rows, one by one, by the owner: no rule, no wall, no trail.
    row = {"dossier": dossier, "case": case, "who": who, "partner": partner, "receiver": 0, "waiting": 1}
    with owner.transaction(force_rollback=True):
        begin = time.perf_counter()
        for number in range(how_many):
            owner.execute(FILL_INBOX, {**row, "first": 200_000 + number})
        floor = time.perf_counter() - begin
    return {"rows": how_many, "seconds": seconds, "floor": floor}


def _somebody(owner: psycopg.Connection, username: str) -> tuple[int, int, int, int, int]:
    """An admitted case that this person leads, and an agency with its holder."""
    found = owner.execute(
        """
        SELECT a.dossier_id, a.case_id, a.membership_id FROM cases_assignment a
        JOIN accounts_membership m ON m.id = a.membership_id JOIN accounts_user u ON u.id = m.user_id
        JOIN cases_worklist w ON w.case_id = a.case_id
        WHERE u.username = %s AND a.period @> current_date AND w.state = 'ADMITTED' AND w.is_open ORDER BY 1 LIMIT 1
        """,
        [username],
    ).fetchone()
    agency = owner.execute(
        "SELECT i.id, h.id FROM institutions_institution i JOIN access_holder h ON h.institution_id = i.id"
        " WHERE i.kind = 'AGENCY' ORDER BY i.id LIMIT 1"
    ).fetchone()
    assert found is not None and agency is not None
    return (*found, *agency)
