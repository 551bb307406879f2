"""Who works in the demo, and where: a table. Staff have first names as user names; made by ``demo_staff``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ina.accounts.enums import Role

PASSWORD = "gate-in-sicht-2026"
# Shown on the screen and in the README: anybody may add it to an app. Never used in a real installation.
TOTP_SECRET = "INADEMOAINADEMOAINADEMOAINADEMOA"
REGION_1 = "justiz-region-1"
CARRIER_2 = "traeger-wegweiser-beispiel"
PROBATION = "bwh-duesseldorf-beispiel"
DEBTS, HOUSING = "anbieter-schuldnerberatung-beispiel", "anbieter-wohnhilfe-beispiel"
WORKSHOP, ADDICTION = "anbieter-werkstatt-beispiel", "anbieter-suchtberatung-beispiel"
TEAM_1, TEAM_2 = "Team Düsseldorf", "Team Gelsenkirchen"
DUESSELDORF, MOERS, WUPPERTAL = "jva-duesseldorf", "jva-moers-kapellen", "jva-wuppertal-vohwinkel"
GELSENKIRCHEN, WILLICH = "jva-gelsenkirchen", "jva-willich-2"
# When the position of whoever left the team ended; the cases they led wait for the lead of the team.
LEFT = -6


@dataclass(frozen=True)
class Login:
    """``place``: the prison where somebody of a carrier works. ``left``: their position has ended, nobody logs in."""

    username: str
    name: str
    role: Role
    institution: str
    place: str = ""
    team: str = ""
    totp: bool = False
    left: bool = False


LOGINS = (
    Login("alma", "Alma Brandt", Role.CASE_MANAGER, REGION_1, DUESSELDORF, TEAM_1),
    Login("bert", "Bert Krüger", Role.CASE_MANAGER, REGION_1, MOERS, TEAM_1),
    Login("toni", "Toni Wagner", Role.CASE_MANAGER, REGION_1, WUPPERTAL, TEAM_1, totp=True),
    Login("wanda", "Wanda Kremer", Role.CASE_MANAGER, REGION_1, WILLICH, TEAM_1),
    Login("udo", "Udo Falk", Role.CASE_MANAGER, REGION_1, DUESSELDORF, TEAM_1, left=True),
    Login("cem", "Cem Aydin", Role.CASE_MANAGER, CARRIER_2, GELSENKIRCHEN, TEAM_2),
    Login("jan", "Jan Roth", Role.TEAM_LEAD, REGION_1, DUESSELDORF, TEAM_1),
    Login("hanna", "Hanna Voss", Role.PRISON_SOCIAL, DUESSELDORF),
    Login("paul", "Paul Ehlers", Role.PRISON_ADMIN, DUESSELDORF),
    Login("frida", "Frida Kessler", Role.CHAMBER_COORDINATOR, "hwk-duesseldorf"),
    Login("nils", "Nils Harms", Role.NETWORK_COORDINATOR, DUESSELDORF),
    Login("ilse", "Ilse Maurer", Role.AGENCY, "jc-duesseldorf"),
    Login("olga", "Olga Petersen", Role.PROBATION, PROBATION),
    Login("rita", "Rita Sommer", Role.PROVIDER, DEBTS),
    Login("ede", "Ede Winter", Role.EVALUATOR, "krimd-nrw"),
    Login("mia", "Mia Lorenz", Role.MINISTRY, "jm-nrw"),
    Login("stefan", "Stefan Busch", Role.FUNDER, "mags-nrw"),
    Login("tina", "Tina Albers", Role.STEERING, "whkt"),
    Login("karl", "Karl Neumann", Role.DATA_PROTECTION, "jm-nrw"),
    Login("lea", "Lea Simon", Role.CARRIER_ADMIN, REGION_1),
    Login("gero", "Gero Thiele", Role.SYSTEM_ADMIN, "jm-nrw"),
)
PLACES = {login.username: login.place or login.institution for login in LOGINS}
# Kind, key, name, region that a carrier serves, what a partner is there for.
ONLY_HERE = (
    ("CARRIER", CARRIER_2, "Wegweiser Beispiel gGmbH", 2),
    ("PROBATION", PROBATION, "Bewährungshilfe Düsseldorf (Beispiel)", None),
    ("PROVIDER", DEBTS, "Schuldnerberatung Rheinblick (Beispiel)", None),
    ("PROVIDER", HOUSING, "Wohnhilfe Grafenberg (Beispiel)", None),
    ("PROVIDER", WORKSHOP, "Lehrwerkstatt Hafenstraße (Beispiel)", None),
    ("PROVIDER", ADDICTION, "Suchtberatung Ostufer (Beispiel)", None),
)


def printed(codes: Mapping[str, str]) -> list[dict]:
    """What the screen shows of the log-ins, in their order."""
    shown = []
    for login in LOGINS:
        if login.left:
            continue
        note = f"mit zweitem Faktor: Schlüssel {TOTP_SECRET}" if login.totp else ""
        if login.username in codes:
            note += f" oder Code {codes[login.username]}"
        shown.append({"role": login.role.label, "username": login.username, "password": PASSWORD, "note": note})
    return shown
