"""What stands in the files of the demo: intake sheets, findings, plan, partners, contacts, outcomes, tasks done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ina.access.enums import Compartment, ConsentPurpose, Direction
from ina.access.operations.consents import record_consent
from ina.agenda.enums import ItemState
from ina.agenda.operations.items import complete_item
from ina.agenda.queries import item_numbered, list_items
from ina.cases.enums import Stance, Supervision, YesNo
from ina.cases.operations import intake
from ina.monitoring import operations as monitoring
from ina.monitoring.enums import ContactOutcome, Initiative
from ina.monitoring.rules import key_date
from ina.network import operations as network
from ina.network.enums import ReferralAct
from ina.ops import demo_words as words
from ina.ops.demo_casting import LIFE
from ina.ops.demo_plan import DeepKeeper
from ina.ops.demo_stories import Stage
from ina.planning import operations as planning
from ina.planning.enums import GoalStatus, Priority, StepOwner
from ina.profiling import operations as profiling
from ina.profiling.enums import ProfilingKind

if TYPE_CHECKING:
    from ina.ops.demo_walk import Teller

# What is overdue longer than this was settled, but for one task in so many that was forgotten.
SETTLED_AFTER, FORGOTTEN_SINCE, FORGOTTEN = timedelta(days=5), timedelta(days=70), 11
# Days: from the admission to the profiling, from there to the plan, between talks inside, before the release.
PROFILED, PLANNED, BETWEEN, AGAIN = 18, 12, 34, 84
# Days after the release on which contacts took place, as close as the parameters of the house ask.
AFTERWARDS = (2, 14, 27, 40, 54, 80, 108, 136, 164)
ATTEMPTS = (
    (21, "PHONE", "Anruf, niemand erreicht"),
    (12, "LETTER", "Brief mit Terminvorschlag"),
    (5, "HOME_VISIT", "Hausbesuch, niemand angetroffen"),
)
CHECKS = (0, 3, 6)


@dataclass(frozen=True)
class Depth:
    """How much stands in a file: findings and steps at most, contacts inside and after the release (the latest)."""

    findings: int
    steps: int
    inside: int
    outside: int


# Alma's files are to be looked at, those of the others fill the lists, and what has ended is for counting.
DEEP, USUAL, BRIEF = Depth(3, 2, 6, 9), Depth(1, 1, 3, 4), Depth(0, 0, 1, 2)


class FileKeeper:
    """Writes into one file, on behalf of whoever tells the life. ``admitted``: the day of the admission."""

    def __init__(self, teller: Teller, admitted: date):
        self.teller, self.person, self.life = teller, teller.person, teller.life
        self.days, self.chance, self.admitted = teller.days, teller.chance, admitted
        self.is_over = self.life.group.stage in (Stage.ENDED, Stage.ENDED_INSIDE)
        self.is_deep = not self.is_over and (self.life.lead == "alma" or self.person.number % 7 == 3)
        self.depth = BRIEF if self.is_over else DEEP if self.is_deep else USUAL

    # --- intake sheet

    def fill_sheets(self) -> None:
        """Enforcement and entry situation of everybody who is still there; all sections where much is known."""
        if self.is_over:
            return
        self._enforcement()
        self._situation()
        if not self.is_deep:
            return
        on, do = self.admitted, self.teller.do
        do(
            intake.fill_benefits, on, refers_on=on,
            benefit_before="SGB2" if self.person.long_unemployed else self.chance.choice(("NONE", "ALG1", "UNKNOWN")),
            debts=self.chance.choice((YesNo.YES, YesNo.YES, YesNo.NO, YesNo.UNKNOWN)),
        )  # fmt: skip
        homeless = self.person.town is None
        do(
            intake.fill_esf_entry, on, refers_on=on,
            household="NONE" if homeless else self.chance.choice(("ALONE", "COUPLE", "OTHERS", "COUPLE_CHILDREN")),
            third_country=self._is_foreign(union=False),
            refused=self.person.number % 8 == 2,
            **({} if self.person.number % 8 == 2 else {"homeless": YesNo.YES if homeless else YesNo.NO}),
        )  # fmt: skip
        if self.person.number % 6 == 0:
            do(
                intake.fill_health, on, refers_on=on, consent_on=on,
                limits="kein schweres Heben seit einem Bandscheibenvorfall",
                addiction_help=self.chance.choice((YesNo.YES, YesNo.NO)),
            )  # fmt: skip

    def _enforcement(self) -> None:
        person = self.person
        two_thirds = ends = None
        if person.release_on and person.length != LIFE:
            served = person.release_on - person.begins_on
            ends = max(person.release_on, self.teller.claimed[0]) if self.teller.claimed else person.release_on
            two_thirds = person.begins_on + min(served, (ends - person.begins_on) * 2 // 3)
        foreign = self._is_foreign()
        self.teller.do(
            intake.fill_enforcement, self.admitted, refers_on=self.admitted,
            kind=person.custody, begins_on=person.begins_on, two_thirds_on=two_thirds, ends_on=ends,
            source="Vollstreckungsblatt",
            stance_57=self.chance.choice((Stance.UNKNOWN, Stance.NONE, Stance.FOR, Stance.AGAINST)),
            supervision=self.chance.choice((Supervision.UNKNOWN, Supervision.PROBATION, Supervision.NONE)),
            residence_title="Aufenthaltserlaubnis" if foreign == YesNo.YES and person.number % 3 else "",
            work_permit=self.chance.choice((YesNo.YES, YesNo.UNKNOWN)) if foreign == YesNo.YES else YesNo.UNKNOWN,
            deportation=YesNo.NO,
        )  # fmt: skip

    def _situation(self) -> None:
        person, chance = self.person, self.chance
        training = (
            chance.choice(("DONE", "DONE", "DONE", "FOREIGN")) if person.trained else chance.choice(("NONE", "ABORTED"))
        )
        self.teller.do(
            intake.fill_entry_situation, self.admitted, refers_on=self.admitted,
            labour_status="INACTIVE" if person.number % 7 else "UNKNOWN",
            months_unemployed=chance.randrange(13, 70) if person.long_unemployed else chance.randrange(0, 12),
            isced="3" if person.trained else "2",
            school=chance.choice(("NONE", "SPECIAL", "LOWER", "LOWER", "LOWER", "MIDDLE", "UNKNOWN")),
            training=training,
            training_occupation=chance.choice(words.OCCUPATIONS) if training in ("DONE", "ABORTED") else "",
            last_job=chance.choice(words.LAST_JOBS if person.trained else (*words.LAST_JOBS, "noch nie gearbeitet")),
            german_level="NATIVE" if self._is_foreign() == YesNo.NO else chance.choice(("A2", "B1", "B2", "C1")),
            driving_licence=chance.choice(("", "B", "entzogen", "noch nie")),
            needs_integration=YesNo.YES,
        )  # fmt: skip

    def _is_foreign(self, *, union: bool = True) -> YesNo:
        origin = self.person.origin
        if origin is None:
            return YesNo.UNKNOWN
        return YesNo.YES if origin.nationality != "deutsch" and (union or not origin.union) else YesNo.NO

    # --- the work in custody

    def work(self, until: date) -> None:
        """Profiling, plan, partners and talks between admission and today, or the release, or the end."""
        held = self.days.working(min(self.admitted + timedelta(days=PROFILED), until), since=self.admitted)
        deep, needs = DeepKeeper(self) if self.is_deep else None, []
        if deep:
            deep.profile(held)
        else:
            needs = self._profile(held)
        planned = self.days.working(min(held + timedelta(days=PLANNED), until), since=held)
        if not self.is_over or self.person.number % 3 == 0:
            (deep.plan if deep else self._plan)(planned, until)
        if not self.is_over:
            self._partner(planned, until)
        self._talk_inside(planned, until)
        if self.person.release_on and not self.is_over:
            again = self.person.release_on - timedelta(days=AGAIN)
            if held + timedelta(days=45) < again <= until:
                on = self.days.working(again)
                if deep:
                    deep.profile_again(on)
                else:
                    self._profile_again(on, needs)

    def _profile(self, on: date) -> list[words.Told]:
        needs = self.chance.sample(list(words.NEEDS), self.depth.findings)
        if self.life.happens("homeless") and words.HOMELESS not in needs:
            needs[:1] = [words.HOMELESS]
        for found in (self.chance.choice(words.STRENGTHS), *needs):
            self._find(on, ProfilingKind.INITIAL, found)
        return needs

    def _profile_again(self, on: date, needs: list[words.Told]) -> None:
        for aspect, need, severity, basis, text in needs[:2]:
            better = self.chance.random() < 0.7
            now = (
                aspect,
                need,
                words.MILDER[severity] if better else severity,
                basis,
                words.BETTER[need] if better else text,
            )
            self._find(on, ProfilingKind.BEFORE_RELEASE, now)

    def _find(self, on: date, kind: ProfilingKind, found: words.Told) -> None:
        aspect, need, severity, basis, text = found
        self.teller.do(
            profiling.record_finding, on,
            held_on=on, kind=kind, aspect=aspect, need=need, severity=severity, basis=basis, text=text,
        )  # fmt: skip

    def _plan(self, on: date, until: date) -> None:
        aim = words.AIMS[self.person.number % len(words.AIMS)]
        goal = self.teller.do(
            planning.set_goal, on,
            wording_person=aim.own, wording_professional=aim.trade, key_group=aim.group, priority=Priority.HIGH,
        )  # fmt: skip
        for what, owner, after in aim.steps[: self.depth.steps]:
            step = planning.add_step(
                actor=self.teller.actor, goal_id=goal.pk, what=what, owner=StepOwner(owner),
                due_on=on + timedelta(days=after), now=self.days.at(on),
            )  # fmt: skip
            done = self.days.working(on + timedelta(days=after - 4))
            if on < done <= until and on + timedelta(days=after) < until and self.person.number % 5:
                planning.complete_step(
                    actor=self.teller.actor, planstep_id=step.pk, done_on=done, now=self.days.at(done)
                )
        reviewed = self.days.working(self.admitted + timedelta(days=88))
        if not self.is_over and on < reviewed <= until and reviewed - self.admitted > timedelta(days=60):
            status = GoalStatus.RUNNING if self.person.number % 4 else GoalStatus.PARTLY
            planning.judge_goal(
                actor=self.teller.actor, goal_id=goal.pk, status=status, status_on=reviewed,
                reason="" if status is GoalStatus.RUNNING else "der zweite Schritt dauert länger",
                now=self.days.at(reviewed),
            )  # fmt: skip

    def _partner(self, on: date, until: date) -> None:
        keys = list(words.PURPOSES)
        key = keys[1] if self.life.happens("homeless") else keys[self.person.number % len(keys)]
        referral = self.teller.do(
            network.propose_partner, on, partner_key=key, purpose=words.PURPOSES[key], proposed_on=on
        )
        if not self.life.happens("partner started"):
            return
        for after, act in ((3, ReferralAct.CONSENTED), (4, ReferralAct.SENT), (18, ReferralAct.ACCEPTED)):
            day = self.days.working(on + timedelta(days=after), since=on)
            if day > until:
                return
            if act is ReferralAct.SENT:
                self._may_be_told(referral.partner_id, day)
            network.move_referral(
                actor=self.teller.actor,
                servicereferral_id=referral.pk,
                act=act,
                happened_on=day,
                now=self.days.at(day),
            )

    def _may_be_told(self, partner_id: int, on: date) -> None:
        """The person allows the partner to be told who they are and what they have learned, beyond the release too."""
        record_consent(
            actor=self.teller.actor,
            dossier_id=self.teller.told.dossier_id,
            purpose=ConsentPurpose.SHARING,
            given_on=on,
            text_version="1",
            on_paper=True,
            recipient_id=partner_id,
            categories=Compartment.IDENTITY | Compartment.VOCATIONAL | Compartment.PLAN,
            aim="gemeinsame Planung",
            direction=Direction.BOTH,
            beyond_release=True,
            now=self.days.at(on),
        )

    def _talk_inside(self, since: date, until: date) -> None:
        """The latest talks: until today, the release, or since when nobody has met the person."""
        until = min(until, self._met_until())
        day = until - timedelta(days=2 + self.person.number % 19)
        days: list[date] = []
        while day > since and len(days) < self.depth.inside:
            days.append(day)
            day -= timedelta(days=BETWEEN + self.person.number % 13)
        for place, day in enumerate(reversed(days)):
            if self.person.number % 9 == 4 and place == 1:
                self.missed(day, "TALK", ContactOutcome.EXCUSED_ABSENCE, "Ausführung zum Arzt, neuer Termin vereinbart")
            else:
                self.met(day, "TALK", self.chance.choice(words.INSIDE))

    def _met_until(self) -> date:
        """Nobody has met the people who are quiet for so many days."""
        return self.days.today - timedelta(days=max(1, self.life.group.quiet))

    # --- after the release

    def accompany(self, release: date, ended: date | None) -> None:
        """The first contact after the release and the latest ones; where contact broke off, the attempts."""
        last = min(self._met_until(), ended or self.days.last)
        lost = self.life.group.ending == "LOST_CONTACT"
        until = min(last, release + timedelta(days=40)) if lost else last
        meant = [release + timedelta(days=after) for after in AFTERWARDS]
        there = [self.days.working(day, since=release + timedelta(days=1)) for day in meant if day <= until]
        for place, day in enumerate(there):
            if 0 < place <= len(there) - self.depth.outside:
                continue
            kind, content = words.OUTSIDE[(self.person.number + place) % len(words.OUTSIDE)]
            if place == 0:
                self.met(day, "TALK", "Erstes Gespräch nach der Entlassung")
            elif self.person.number % 6 == 5 and place == 3:
                self.missed(day, kind, ContactOutcome.ABSENT, "nicht gekommen, Nachricht hinterlassen")
            else:
                self.met(day, kind, content)
        if lost and ended:
            for before, kind, content in ATTEMPTS:
                self.missed(ended - timedelta(days=before), kind, ContactOutcome.NOT_REACHED, content)

    def state_outcomes(self, release: date, *, before: date | None = None, since: date | None = None) -> None:
        """Where they stood at the release and after, as far as somebody entered it before, or since, the end."""
        for months, category in zip(CHECKS, self.life.turn(self.life.group.outcomes), strict=False):
            due = key_date(release, months)
            known = self.days.working(due + timedelta(days=2 + self.person.number % 9), since=due)
            in_time = (before is None or known <= before) and (since is None or known > since)
            if category and in_time and due <= known <= self.days.last and known >= due:
                source = "" if category == "UNKNOWN" else "Gespräch mit der Person"
                self.teller.do(monitoring.record_outcome, known, months=months, category=category, source=source)

    def met(self, day: date, kind: str, content: str):
        return self._contact(day, kind, ContactOutcome.MET, content)

    def missed(self, day: date, kind: str, outcome: ContactOutcome, content: str):
        return self._contact(day, kind, outcome, content)

    def _contact(self, day: date, kind: str, outcome: ContactOutcome, content: str) -> Any:
        day = self.days.near(day)
        return self.teller.do(
            monitoring.record_contact, day,
            happened_on=day, kind=kind, outcome=outcome,
            initiative=Initiative.STAFF if day.day % 4 else Initiative.PARTICIPANT,
            minutes=self.chance.choice((20, 30, 40, 60)) if outcome is ContactOutcome.MET else None,
            content=content,
        )  # fmt: skip

    # --- tasks

    def settle_past(self) -> None:
        """Tasks of the past that nothing else has settled are done on the day they were due, but for a few."""
        actor, dossier_id = self.teller.actor, self.teller.told.dossier_id
        forgotten = self.life.lead == "udo"
        for row in list_items(actor, dossier_id, 1, self.days.today):
            if row.state is not ItemState.OPEN or not row.automatic or row.due_on >= self.days.today - SETTLED_AFTER:
                continue
            late = row.due_on > self.days.today - FORGOTTEN_SINCE
            if late and ((self.person.number + row.place) % FORGOTTEN == 0 or (forgotten and row.place % 3 == 0)):
                continue
            # What was due before the person took part was done when they did.
            done = self.days.working(max(row.due_on, self.admitted))
            item = item_numbered(actor, dossier_id, 1, row.place)
            complete_item(actor=actor, item_id=item.pk, on=done, now=self.days.at(done))
