"""Tells the stories of the demo through the real operations, each at its own moment in the past."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ina.access.context import acting_as
from ina.accounts.enums import Role
from ina.accounts.operations.demo import add_demo_person
from ina.accounts.operations.positions import Position, open_team
from ina.base.actor import Person, System
from ina.cases.enums import HypothesisKind, Sex
from ina.cases.operations import acts, referrals, talks
from ina.institutions import operations as institutions
from ina.institutions.queries import get_institution
from ina.monitoring import operations as monitoring
from ina.monitoring.enums import ContactOutcome, Initiative
from ina.network import operations as network
from ina.ops import demo_people as cast
from ina.ops.demo_encounters import Told, add_encounters, settle_past
from ina.ops.demo_people import Story
from ina.planning import operations as planning
from ina.planning.enums import Priority, StepOwner
from ina.profiling import operations as profiling
from ina.profiling.enums import Aspect, FindingBasis, KeyGroup, Need, ProfilingKind, Severity
from ina.reference.queries import parameter

DEMO = System("demo")
TOWNS = (("40227", "Düsseldorf", "05111"), ("47441", "Moers", "05170"), ("42275", "Wuppertal", "05124"))
WISHES = (
    "Wieder als Maler arbeiten und die Kinder am Wochenende sehen.",
    "Eine Ausbildung fertig machen, am liebsten im Metallbau.",
    "Erst eine eigene Wohnung, dann Arbeit im Lager.",
    "Den Führerschein zurück und wieder fahren.",
)
STRENGTHS = ("zuverlässig in der Schreinerei, nie gefehlt", "zeigt anderen gern, wie etwas geht", "arbeitet sehr genau")


def make_logins(today: date) -> list[dict]:
    """Institutions, teams and accounts of the demo; answers what is to be printed."""
    since = today - timedelta(days=900)
    printed: dict[cast.Login, dict] = {}
    teams: dict[str, int] = {}
    hashed = make_password(cast.PASSWORD)
    # The administrator comes first: institutions and teams are theirs to open.
    for login in sorted(cast.LOGINS, key=lambda login: login.role is not Role.SYSTEM_ADMIN):
        made = add_demo_person(
            actor=DEMO,
            username=login.username,
            display_name=login.name,
            password_hash=hashed,
            positions=[_position(login, teams, since, today)],
            totp_secret=cast.TOTP_SECRET if login.totp else "",
            now=cast.at(since),
        )
        if login.role is Role.SYSTEM_ADMIN:
            _place_institutions(cast.actor_of(login.username, today), since)
        note = f"mit zweitem Faktor: Schlüssel {cast.TOTP_SECRET} oder Code {made.codes[0]}" if made.codes else ""
        printed[login] = {
            "role": login.role.label,
            "username": login.username,
            "password": cast.PASSWORD,
            "note": note,
        }
    return [printed[login] for login in cast.LOGINS]


def _position(login: cast.Login, teams: dict[str, int], since: date, today: date) -> Position:
    institution = get_institution(login.institution)
    team = _team(teams, institution.pk, login.team, since, today) if login.team else None
    return Position(
        role=login.role.value,
        institution_id=institution.pk,
        place_id=get_institution(login.place).pk if login.place else None,
        team_id=team,
        starts_on=since,
    )


def _team(teams: dict[str, int], institution_id: int, name: str, since: date, today: date) -> int:
    if name not in teams:
        gero = cast.actor_of("gero", today)
        teams[name] = open_team(actor=gero, now=cast.at(since), institution_id=institution_id, name=name).pk
    return teams[name]


def make_people(today: date) -> int:
    """The participants and what happened to them; answers how many."""
    # Who leads which case does not hang on the day of the week, as the number of talks does.
    chance, choosing = random.Random(20090701), random.Random(20090701)
    leads = [("alma", 0.62), ("bert", 0.2), ("toni", 0.08), ("cem", 0.1)]
    places = {login.username: login.place for login in cast.LOGINS}
    surnames, given_names = list(cast.SURNAMES), list(cast.GIVEN_NAMES)
    chance.shuffle(surnames)
    chance.shuffle(given_names)
    told = []
    for number, story in enumerate(cast.STORIES):
        username = "alma" if number == 0 else choosing.choices(*zip(*leads, strict=True))[0]
        name = surnames[number % len(surnames)], given_names[number % len(given_names)]
        with transaction.atomic():
            actor = cast.actor_of(username, today)
            with acting_as(actor):
                teller = _Teller(actor, places[username], today, chance)
                teller.tell(story, number, *name)
                told.append(Told(actor, teller.case.pk, teller.case.dossier_id, teller.prison_id, story))
    settle_past(told, today)
    return len(told) + add_encounters(told, today)


def _place_institutions(administrator: Person, since: date) -> None:
    """Carrier, probation office and provider that only the demo has."""
    source = "erfunden für die Vorführung"
    for kind, key, name, region in (
        ("CARRIER", cast.CARRIER_2, "Wegweiser Beispiel gGmbH", 2),
        ("PROBATION", cast.PROBATION, "Bewährungshilfe Düsseldorf (Beispiel)", None),
        ("PROVIDER", cast.PROVIDER, "Schuldnerberatung Rheinblick (Beispiel)", None),
        ("PROVIDER", "anbieter-wohnhilfe-beispiel", "Wohnhilfe Grafenberg (Beispiel)", None),
    ):
        made = institutions.add_institution(
            actor=administrator, now=cast.at(since), kind=kind, key=key, name=name, source=source, valid_from=since
        )
        if region:
            institutions.serve_region(
                actor=administrator,
                now=cast.at(since),
                institution_id=made.pk,
                region_number=region,
                valid_from=since,
                source=source,
            )


class _Teller:
    """One story, told by one case manager."""

    def __init__(self, actor: Person, place: str, today: date, chance: random.Random):
        self.actor, self.today, self.chance = actor, today, chance
        self.prison_id = get_institution(place).pk

    def tell(self, story: Story, number: int, surname: str, given_name: str) -> None:
        referred = self._day(story.referred)
        self.case = self._refer(story, number, surname, given_name, referred)
        if story.stage == "referred":
            return
        self._talk(referred + timedelta(days=6))
        decided = cast.working_day_before(referred + timedelta(days=14))
        if story.stage == "waiting":
            self._do(
                acts.waitlist,
                decided,
                happened_on=decided,
                reason="TOO_EARLY",
                resubmit_on=self.today + timedelta(days=60),
            )
            return
        if story.stage == "declined":
            self._do(acts.decline, decided, happened_on=decided)
            return
        if story.stage == "rejected":
            self._do(acts.reject, decided, happened_on=decided, reason="OUTSIDE_NRW")
            return
        self._do(
            acts.admit,
            decided,
            admitted_on=decided,
            participation_on=decided,
            data_use_on=decided,
            text_version="2026-1",
        )
        self._work(decided, story)
        if story.stage in ("custody", "preparation"):
            return
        self._after_release(story)

    def _refer(self, story, number, surname, given_name, referred):
        postcode, town, district = self.chance.choice(TOWNS)
        born = self.today.replace(day=1) - timedelta(days=int(365.25 * self.chance.uniform(20, 56)))
        release = self._day(story.release) if story.release is not None else None
        person = referrals.Person(
            surname=surname,
            given_name=given_name,
            sex=Sex.FEMALE if given_name in {"Milena", "Sara", "Jule", "Ayla", "Nadja"} else Sex.MALE,
            born_on=born,
            nationality=self.chance.choice(("deutsch", "deutsch", "deutsch", "türkisch", "polnisch")),
            booking_number=f"{1000 + number:05d}/{referred.year % 100}/{number % 10}",
            custody_kind="Strafhaft",
            release_on=release,
            release_kind=self.chance.choice((HypothesisKind.SENTENCE_END, HypothesisKind.TWO_THIRDS)),
            release_source="Gefangenenliste",
            residence_postcode=postcode,
            residence_town=town,
            residence_district=district,
        )
        return referrals.refer_person(
            actor=self.actor,
            person=person,
            prison_id=self.prison_id,
            referred_on=referred,
            source="SOCIAL_SERVICE",
            now=cast.at(referred),
        )

    def _work(self, admitted: date, story: Story) -> None:
        """Profiling, plan, partner and contacts between admission and today (or release)."""
        until = min(self.today, self._day(story.release) if story.release is not None else self.today)
        held = cast.working_day_before(min(admitted + timedelta(days=18), until))
        for aspect, need, severity, basis, text in (
            (Aspect.STRENGTH, None, Severity.NONE, FindingBasis.OBSERVATION, self.chance.choice(STRENGTHS)),
            (Aspect.QUALIFICATION, Need.TRAINING, Severity.PRESENT, FindingBasis.FACT, "Gesellenbrief fehlt"),
            (
                Aspect.CIRCUMSTANCES,
                Need.HOUSING,
                Severity.SEVERE,
                FindingBasis.SELF_REPORT,
                "keine Wohnung in Aussicht",
            ),
        ):
            self._do(
                profiling.record_finding,
                held,
                held_on=held,
                kind=ProfilingKind.INITIAL,
                aspect=aspect,
                need=need,
                severity=severity,
                basis=basis,
                text=text,
            )
        planned = cast.working_day_before(min(held + timedelta(days=12), until))
        goal = self._do(
            planning.set_goal,
            planned,
            wording_person=self.chance.choice(WISHES),
            wording_professional="Aufnahme einer versicherungspflichtigen Beschäftigung",
            key_group=KeyGroup.QUALIFICATION,
            priority=Priority.HIGH,
        )
        planning.add_step(
            actor=self.actor,
            goal_id=goal.pk,
            what="Bewerbungsunterlagen fertigstellen",
            owner=StepOwner.PARTICIPANT,
            due_on=planned + timedelta(days=150),
            now=cast.at(planned),
        )
        self._do(
            network.propose_partner,
            planned,
            partner_key=cast.PROVIDER,
            purpose="Überblick über die Schulden vor der Entlassung",
            proposed_on=planned,
        )
        day = planned + timedelta(days=21)
        while day <= until:
            self._contact(day, "Einzelgespräch im Haus")
            day += timedelta(days=28 + self.chance.randrange(12))

    def _after_release(self, story: Story) -> None:
        assert story.release is not None
        released = self._day(story.release)
        self._do(acts.confirm_release, released, released_on=released)
        checks = parameter("outcome_checks", on=released)
        for months, category in zip((0, 3, 6), story.outcomes, strict=False):
            due = next(check for check in checks if _months(check) == months).after(released)
            known = min(due + timedelta(days=2), self.today)
            self._do(
                monitoring.record_outcome, known, months=months, category=category, source="Gespräch mit der Person"
            )
        if story.stage == "paused":
            paused = released + timedelta(days=70)
            self._do(acts.pause, paused, happened_on=paused, reason="THERAPY", until=paused + timedelta(days=80))
        elif story.stage == "closed":
            ended = released + timedelta(days=190)
            self._contact(released + timedelta(days=3), "Erstes Gespräch nach der Entlassung")
            more = {}
            if story.ending == "LOST_CONTACT":
                self._look_for(ended)
            elif story.ending == "REINCARCERATED":
                more = {"imprisonment": "REVOCATION"}
            self._do(acts.close_case, ended, closed_on=ended, reason=story.ending, **more)
        else:
            self._contact(min(released + timedelta(days=2), self.today), "Erstes Gespräch nach der Entlassung")

    def _talk(self, day: date) -> None:
        day = cast.working_day_before(min(day, self.today))
        self._do(
            talks.record_first_talk,
            day,
            held_on=day,
            place="Sprechzimmer",
            informed=True,
            told_voluntary=True,
            own_wishes=self.chance.choice(WISHES),
        )
        self._do(talks.give_information, day, given_on=day, sheet_version="2026-1")

    def _contact(self, day: date, content: str) -> None:
        day = cast.working_day_before(day)
        self._do(
            monitoring.record_contact,
            day,
            happened_on=day,
            kind="TALK",
            outcome=ContactOutcome.MET,
            initiative=Initiative.STAFF,
            minutes=self.chance.choice((20, 30, 40, 60)),
            content=content,
        )

    def _look_for(self, ended: date) -> None:
        """The attempts without which contact does not count as lost."""
        for before, kind, content in (
            (21, "PHONE", "Anruf, niemand erreicht"),
            (12, "LETTER", "Brief mit Terminvorschlag"),
            (5, "HOME_VISIT", "Hausbesuch, niemand angetroffen"),
        ):
            day = ended - timedelta(days=before)
            self._do(
                monitoring.record_contact,
                day,
                happened_on=day,
                kind=kind,
                outcome=ContactOutcome.NOT_REACHED,
                initiative=Initiative.STAFF,
                content=content,
            )

    def _do(self, operation, day: date, **arguments):
        return operation(actor=self.actor, case_id=self.case.pk, now=cast.at(day), **arguments)

    def _day(self, distance: int) -> date:
        return self.today + timedelta(days=distance)


def _months(duration) -> int:
    return duration.count if str(duration.unit) == "months" else 0
