"""The cast of the demo: who may log in, and the invented participants. Participants bear plants' names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model

from ina.access.queries import actor_for
from ina.accounts.enums import Role
from ina.accounts.queries import active_membership
from ina.base.actor import Person
from ina.base.clock import BERLIN

PASSWORD = "gate-in-sicht-2026"
# Shown on the screen and in the README: anybody may add it to an app. Never used in a real installation.
TOTP_SECRET = "INADEMOAINADEMOAINADEMOAINADEMOA"
REGION_1 = "justiz-region-1"
CARRIER_2 = "traeger-wegweiser-beispiel"
PROBATION = "bwh-duesseldorf-beispiel"
PROVIDER = "anbieter-schuldnerberatung-beispiel"


@dataclass(frozen=True)
class Login:
    """``place``: the prison where somebody of a carrier works. ``leads``: may be named as responsible in the demo."""

    username: str
    name: str
    role: Role
    institution: str
    place: str = ""
    team: str = ""
    note: str = ""
    totp: bool = False


LOGINS = (
    Login("alma", "Alma Brandt", Role.CASE_MANAGER, REGION_1, "jva-duesseldorf", "Team Düsseldorf"),
    Login("bert", "Bert Krüger", Role.CASE_MANAGER, REGION_1, "jva-moers-kapellen", "Team Düsseldorf"),
    Login("cem", "Cem Aydin", Role.CASE_MANAGER, CARRIER_2, "jva-gelsenkirchen", "Team Gelsenkirchen"),
    Login("jan", "Jan Roth", Role.TEAM_LEAD, REGION_1, "jva-duesseldorf", "Team Düsseldorf"),
    Login("hanna", "Hanna Voss", Role.PRISON_SOCIAL, "jva-duesseldorf"),
    Login("paul", "Paul Ehlers", Role.PRISON_ADMIN, "jva-duesseldorf"),
    Login("frida", "Frida Kessler", Role.CHAMBER_COORDINATOR, "hwk-duesseldorf"),
    Login("nils", "Nils Harms", Role.NETWORK_COORDINATOR, "jva-duesseldorf"),
    Login("ilse", "Ilse Maurer", Role.AGENCY, "jc-duesseldorf"),
    Login("olga", "Olga Petersen", Role.PROBATION, PROBATION),
    Login("rita", "Rita Sommer", Role.PROVIDER, PROVIDER),
    Login("ede", "Ede Winter", Role.EVALUATOR, "krimd-nrw"),
    Login("mia", "Mia Lorenz", Role.MINISTRY, "jm-nrw"),
    Login("stefan", "Stefan Busch", Role.FUNDER, "mags-nrw"),
    Login("tina", "Tina Albers", Role.STEERING, "whkt"),
    Login("karl", "Karl Neumann", Role.DATA_PROTECTION, "jm-nrw"),
    Login("lea", "Lea Simon", Role.CARRIER_ADMIN, REGION_1),
    Login("gero", "Gero Thiele", Role.SYSTEM_ADMIN, "jm-nrw"),
    Login(
        "toni",
        "Toni Wagner",
        Role.CASE_MANAGER,
        REGION_1,
        "jva-wuppertal-vohwinkel",
        "Team Düsseldorf",
        totp=True,
    ),
)

SURNAMES = (
    "Ahornberg Akelei Baldrian Beifuß Birkental Brombeer Ebereschen Efeu Erlenkamp Enzian Farnbach Fenchel Flieder "
    "Ginster Goldregen Hagebutt Haselhoff Holunder Hopfen Immergrün Kornelius Krokus Lavendel Liguster Lindgens Lupin "
    "Malve Maulbeer Melisse Mispelbach Mohn Myrte Narziss Nelke Oleander Quittenbaum Rainfarn Robiniak Salbei Sanddorn "
    "Schafgarbe Schlehdorn Silberdistel Tannhof Thymian Ulmenried Wacholder Waldmeister Weißdorn Zypress"
).split()
GIVEN_NAMES = (
    "Jannis Kevin Sven Deniz Rico Piet Timo Marek Yusuf Anton Leo Jan Tom Emre Nico Ole Samir Lukas Dennis Ivo "
    "Milena Sara Jule Ayla Nadja Kim Mats Erik Falk Hakan Igor Joris Karim Linus Malik Noah Orhan Pawel Ralf Said"
).split()


@dataclass(frozen=True)
class Story:
    """What happens to somebody. Days count from today (negative: ago); ``stage`` says how far the story goes."""

    stage: str
    referred: int
    release: int | None = None
    outcomes: tuple[str, ...] = ()
    ending: str = ""


REGULAR_WORK, REGULAR_TRAINING, REGULAR_OTHER = "REGULAR_6M_IN_WORK", "REGULAR_6M_IN_TRAINING", "REGULAR_6M_OTHER"
STORIES: tuple[Story, ...] = (
    *(Story("referred", -days, release) for days, release in ((2, 420), (5, 380), (9, 300), (12, None))),
    Story("waiting", -40, 900),
    Story("declined", -60, 300),
    Story("rejected", -55, 45),
    *(
        Story("custody", -days, release)
        for days, release in ((190, 410), (150, 350), (120, 290), (100, 240), (75, 200))
    ),
    *(
        Story("preparation", -days, release)
        for days, release in ((300, 4), (290, 25), (280, 31), (250, 45), (240, 67), (230, 81), (220, 95), (200, 150))
    ),
    *(
        Story("aftercare", -days, release, outcomes)
        for days, release, outcomes in (
            (300, -3, ("INSURED_FULL_TIME",)),
            (320, -20, ("UNEMPLOYED",)),
            (340, -48, ("UNEMPLOYED",)),
            (360, -75, ("RETRAINING",)),
            (380, -101, ("UNEMPLOYED", "INSURED_PART_TIME")),
            (400, -130, ("INSURED_FULL_TIME", "INSURED_FULL_TIME")),
        )
    ),
    Story("paused", -420, -110, ("THERAPY", "THERAPY")),
    *(
        Story("closed", -referred, release, outcomes, ending)
        for referred, release, outcomes, ending in (
            (560, -215, ("UNEMPLOYED", "INSURED_FULL_TIME", "INSURED_FULL_TIME"), REGULAR_WORK),
            (570, -222, ("INSURED_PART_TIME", "INSURED_PART_TIME", "INSURED_FULL_TIME"), REGULAR_WORK),
            (580, -230, ("UNEMPLOYED", "UNEMPLOYED", "UNEMPLOYED"), REGULAR_OTHER),
            (590, -238, ("RETRAINING", "APPRENTICESHIP", "APPRENTICESHIP"), REGULAR_TRAINING),
            (600, -247, ("UNEMPLOYED", "WORK_OPPORTUNITY", "INSURED_PART_TIME"), REGULAR_WORK),
            (610, -255, ("INSURED_FULL_TIME", "INSURED_FULL_TIME", "INSURED_FULL_TIME"), REGULAR_WORK),
            (620, -262, ("UNEMPLOYED", "UNKNOWN", "UNKNOWN"), "LOST_CONTACT"),
            (630, -270, ("UNEMPLOYED", "INSURED_FULL_TIME", "INSURED_FULL_TIME"), REGULAR_WORK),
            (640, -281, ("UNEMPLOYED", "REIMPRISONED", "REIMPRISONED"), "REINCARCERATED"),
            (650, -290, ("INSURED_PART_TIME", "UNEMPLOYED", "INSURED_FULL_TIME"), REGULAR_WORK),
            (660, -301, ("UNEMPLOYED", "MARGINAL", "MARGINAL"), REGULAR_OTHER),
            (670, -310, ("INSURED_FULL_TIME", "INSURED_FULL_TIME", "SELF_EMPLOYED"), REGULAR_WORK),
            (680, -322, ("UNEMPLOYED", "UNEMPLOYED", "UNKNOWN"), "LOST_CONTACT"),
            (690, -335, ("PRE_VOCATIONAL", "APPRENTICESHIP", "APPRENTICESHIP"), REGULAR_TRAINING),
            (700, -350, ("UNEMPLOYED", "INSURED_PART_TIME", "INSURED_FULL_TIME"), REGULAR_WORK),
            (715, -372, ("UNEMPLOYED", "UNKNOWN", "UNKNOWN"), "LOST_CONTACT"),
            (720, -380, ("UNEMPLOYED", "UNEMPLOYED", "UNKNOWN"), "LOST_CONTACT"),
            (725, -391, ("INSURED_PART_TIME", "UNKNOWN", "UNKNOWN"), "LOST_CONTACT"),
            (710, -361, ("UNEMPLOYED", "UNEMPLOYED", "INSURED_FULL_TIME"), REGULAR_WORK),
        )
    ),
)


def working_day_before(day: date) -> date:
    """Talks and visits of the demo are not on a Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def actor_of(username: str, today: date) -> Person:
    """Somebody who may log in, in the position they hold on a day."""
    user = get_user_model()._default_manager.get(username=username)
    position = active_membership(user, None, today)
    assert position is not None
    return actor_for(position)


def at(day: date) -> datetime:
    """Mid-morning of a day, German time."""
    return datetime.combine(day, time(10, 30), BERLIN)
