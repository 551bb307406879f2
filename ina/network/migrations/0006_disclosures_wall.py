"""The walls of what was passed on: for those who work in the file, and for the receiver of what was delivered.

``receiver`` is the holder of the partner's institution, or minus the id of a link; both stand among the holders of the
transaction (``ina.holders``). The policy ``received`` opens single rows to them, never the dossier.
"""

from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import BLOCKED, HOLDERS, batch_reads, same_dossier, wall, wall_by_row


def opened(row: str) -> str:
    """The condition under which a disclosure is open to the holders of the transaction."""
    return (
        f"{row}.receiver = ANY ({HOLDERS}) AND {row}.delivered_at IS NOT NULL AND {row}.stopped_at IS NULL"
        f" AND {row}.dossier_id <> ALL ({BLOCKED})"
    )


def below(table: str) -> str:
    """The same for a row that hangs on one."""
    return (
        f"coalesce((SELECT true FROM network_disclosure d WHERE d.id = {table}.disclosure_id AND {opened('d')}), false)"
    )


CONTENT, ANSWER = "network_disclosurecontent", "network_disclosureanswer"
FUNCTIONS = (
    """
-- What a link opens. Anybody may ask, with the hashes of an address and of a code; a wrong code counts, and a look
-- without one changes nothing. state: unknown, closed, expired, locked, shut, wrong, open.
CREATE FUNCTION network_try_link(looked_for text, secret text, at timestamptz, most integer)
RETURNS TABLE (link_id bigint, disclosure_id bigint, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    link public.network_disclosurelink;
    sent public.network_disclosure;
BEGIN
    SELECT * INTO link FROM public.network_disclosurelink WHERE address_hash = looked_for FOR UPDATE;
    IF link.id IS NULL THEN
        RETURN QUERY SELECT NULL::bigint, NULL::bigint, 'unknown'::text;
        RETURN;
    END IF;
    SELECT * INTO sent FROM public.network_disclosure d WHERE d.id = link.disclosure_id;
    state := CASE
        WHEN sent.stopped_at IS NOT NULL OR sent.delivered_at IS NULL THEN 'closed'
        WHEN link.closed_at IS NOT NULL THEN 'expired'
        WHEN link.expires_at <= at OR sent.open_until < (at AT TIME ZONE 'Europe/Berlin')::date THEN 'expired'
        WHEN link.tries >= most THEN 'locked'
        WHEN secret = '' THEN 'shut'
        WHEN link.secret_hash <> secret THEN 'wrong'
        ELSE 'open'
    END;
    IF state = 'wrong' THEN
        UPDATE public.network_disclosurelink l SET tries = l.tries + 1 WHERE l.id = link.id;
    ELSIF state = 'open' THEN
        UPDATE public.network_disclosure d SET opened_at = at WHERE d.id = sent.id AND d.opened_at IS NULL;
    END IF;
    RETURN QUERY SELECT link.id, sent.id, state;
END $$;

-- Somebody stands before a link that is worth nothing any more and asks for a new one. Once per link; answers the
-- disclosure, or nothing where there is none to renew.
CREATE FUNCTION network_ask_new_link(looked_for text, at timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE public.network_disclosurelink link SET renewal_asked_at = at
    FROM public.network_disclosure sent
    WHERE link.address_hash = looked_for AND link.renewal_asked_at IS NULL AND sent.id = link.disclosure_id
      AND sent.stopped_at IS NULL AND sent.delivered_at IS NOT NULL
      AND sent.receiver = -link.id
    RETURNING sent.id
$$;

-- Who leads the case of something delivered: the one who hears of the answer. For its receiver, and for whoever asked
-- for a new link.
CREATE FUNCTION network_told_of(disclosure bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT a.membership_id FROM public.network_disclosure d JOIN public.cases_assignment a ON a.case_id = d.case_id
    WHERE d.id = disclosure AND d.delivered_at IS NOT NULL AND a.period @> current_date
$$;

-- A receiver has looked: noted once, by nobody else.
CREATE FUNCTION network_look_at(disclosure bigint, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE public.network_disclosure d SET opened_at = at
    WHERE d.id = disclosure AND d.opened_at IS NULL AND """
    + opened("d")
    + """
$$;
REVOKE ALL ON FUNCTION network_try_link(text, text, timestamptz, integer), network_ask_new_link(text, timestamptz),
    network_told_of(bigint), network_look_at(bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION network_try_link(text, text, timestamptz, integer),
    network_ask_new_link(text, timestamptz), network_told_of(bigint), network_look_at(bigint, timestamptz) TO ina_app;
"""
)
AWAY = """
DROP FUNCTION network_try_link(text, text, timestamptz, integer);
DROP FUNCTION network_ask_new_link(text, timestamptz);
DROP FUNCTION network_told_of(bigint);
DROP FUNCTION network_look_at(bigint, timestamptz);
"""


def received(table: str, condition: str, command: str = "SELECT") -> migrations.RunSQL:
    clause = f"WITH CHECK ({condition})" if command == "INSERT" else f"USING ({condition})"
    name = f"received_{command.lower()}"
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON {table} FOR {command} TO ina_app {clause};", f"DROP POLICY {name} ON {table};"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0005_disclosures"),
        ("network", "0002_wall"),
        ("access", "0012_consent_ledger"),
        ("cases", "0002_wall"),
    ]
    operations = [
        wall("network_disclosure", Compartment.NETWORK),
        wall_by_row("network_disclosurecontent"),
        # No history of links: a hash that was closed must not live on in one.
        wall("network_disclosurelink", Compartment.NETWORK, history=False),
        wall("network_disclosureanswer", Compartment.NETWORK),
        same_dossier("network_disclosure", "case_id", "cases_case"),
        same_dossier("network_disclosure", "referral_id", "network_servicereferral"),
        same_dossier("network_disclosure", "consent_id", "access_consent"),
        same_dossier("network_disclosure", "secrecy_id", "access_consent"),
        *(
            same_dossier(f"network_{name}", "disclosure_id", "network_disclosure")
            for name in ("disclosurecontent", "disclosurelink", "disclosureanswer")
        ),
        received("network_disclosure", opened("network_disclosure")),
        received(CONTENT, below(CONTENT)),
        received(ANSWER, below(ANSWER)),
        received(ANSWER, below(ANSWER), "INSERT"),
        batch_reads("network_disclosure"),
        migrations.RunSQL(FUNCTIONS, AWAY),
    ]
