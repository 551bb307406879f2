"""What stands in the deep files of the demo: a profiling summed up, what the person brings, a plan that was signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ina.monitoring.enums import NoteReaders
from ina.monitoring.operations import write_note
from ina.ops import demo_words as words
from ina.planning import operations as planning
from ina.planning.enums import Answer, GoalGroup, GoalStatus, PlanPart, Priority, StepOwner
from ina.profiling import operations as profiling
from ina.profiling.enums import (
    BiographyKind,
    CompetenceLevel,
    EvidenceKind,
    FindingBasis,
    KeyGroup,
    LanguageLevel,
    LicenceStatus,
    Need,
    ProfilingKind,
    Severity,
    StrengthKind,
)

if TYPE_CHECKING:
    from ina.ops.demo_file import FileKeeper

STRATEGIES = {
    Need.TRAINING: "Q2b",
    Need.EXPERIENCE: "Q3",
    Need.LANGUAGE: "Q4",
    Need.CONDUCT: "L3",
    Need.INITIATIVE: "M1b",
    Need.HOUSING: "R1",
    Need.MOBILITY: "R2",
    Need.FAMILY: "R3a",
    Need.MONEY: "R4",
    Need.PERSONAL: "R5",
}
STRENGTH_KINDS = tuple(StrengthKind)


@dataclass(frozen=True)
class Trade:
    """An occupation with its number in the KldB 2010, where it was learned inside, and what proves it."""

    title: str
    kldb: str
    inside: str
    competence: str
    issuer: str
    welding: bool = False


TRADES = (
    Trade("Schweißer/in", "24422", "Schweißlehrgang MAG", "MAG-Schweißen, Kehlnaht", "DVS-Prüfstelle", True),
    Trade("Maler/in und Lackierer/in", "33212", "Malerwerkstatt", "Untergründe vorbereiten, streichen", "Meister"),
    Trade("Fachkraft Lagerlogistik", "51312", "Lager, Wareneingang", "Gabelstapler fahren", "Ausbildungsstätte"),
    Trade("Tischler/in", "22342", "Schreinerei", "Möbel nach Zeichnung bauen", "Meister"),
    Trade("Koch/Köchin", "29302", "Küche", "Großküche, Speisen nach Plan", "Küchenleitung"),
    Trade("Garten- und Landschaftsbau", "12142", "Gärtnerei", "Pflaster- und Pflanzarbeiten", "Meister"),
)


class DeepKeeper:
    """Writes on for one file: profiling, facts, plan."""

    def __init__(self, keeper: FileKeeper):
        self.keeper, self.person, self.chance = keeper, keeper.person, keeper.chance
        self.do, self.days, self.actor = keeper.teller.do, keeper.days, keeper.teller.actor
        self.trade = TRADES[self.person.number % len(TRADES)]
        # Steps that were done, and when: told once the plan is signed.
        self._done: list[tuple[int, date]] = []
        self._goals: list[int] = []

    # --- profiling

    def profile(self, on: date) -> None:
        """The first profiling: strengths, needs with the person's own view, prognosis, talk; facts about the person."""
        held = self.do(profiling.begin_profiling, on, held_on=on, kind=ProfilingKind.INITIAL, take_over=False)
        now, by = self.days.at(on), self.actor
        for place, (_, _, _, basis, text) in enumerate(self.chance.sample(words.STRENGTHS, 3)):
            profiling.note_strength(
                actor=by, now=now, profiling_id=held.pk, text=text, basis=basis,
                strength_kind=STRENGTH_KINDS[(self.person.number + place) % len(STRENGTH_KINDS)],
            )  # fmt: skip
        needs = self.chance.sample(words.NEEDS, 5)
        if self.keeper.life.happens("homeless") and words.HOMELESS not in needs:
            needs[0] = words.HOMELESS
        for _, need, severity, basis, text in needs:
            assert need is not None, "needs of the demo name their need"
            profiling.rate_need(
                actor=by, now=now, profiling_id=held.pk, need=need, severity=severity, basis=basis, text=text,
                own_severity=words.MILDER[severity] if self.chance.random() < 0.4 else severity,
                strategy=STRATEGIES[need],
            )  # fmt: skip
        self._sum_up(held, on, months=14)
        self._know(on)
        if self.person.number % 3 == 1:
            self.note_down(on)

    def note_down(self, on: date) -> None:
        """One note for everybody, one without the prison, one that was entrusted."""
        for readers, subject, text in words.NOTES:
            self.do(write_note, on, noted_on=on, readers=NoteReaders(readers), subject=subject, text=text)

    def profile_again(self, on: date) -> None:
        """Before the release: what was found then is looked at again, and most of it weighs less."""
        held = self.do(profiling.begin_profiling, on, held_on=on, kind=ProfilingKind.BEFORE_RELEASE)
        now, by = self.days.at(on), self.actor
        for place, row in enumerate(list(held.findings.order_by("pk"))):
            better = bool(row.need) and row.severity != Severity.NONE and place % 3 != 2
            if not better:
                profiling.confirm_finding(actor=by, now=now, finding_id=row.pk)
                continue
            severity = words.MILDER[Severity(row.severity)]
            profiling.rate_need_again(
                actor=by, now=now, finding_id=row.pk, severity=severity, own_severity=severity,
                basis=FindingBasis.OBSERVATION, text=words.BETTER[Need(row.need)],
                strategy="" if severity is Severity.NONE else STRATEGIES[Need(row.need)],
            )  # fmt: skip
        self._sum_up(held, on, months=8)

    def _sum_up(self, held: Any, on: date, *, months: int) -> None:
        row = held.assessment
        now, by = self.days.at(on), self.actor
        worst = held.findings.filter(severity=Severity.SEVERE).order_by("pk").first()
        focus = KeyGroup(worst.aspect) if worst is not None and worst.aspect != "MOTIVATION" else None
        months += self.person.number % 5
        profiling.give_prognosis(
            actor=by, now=now, assessment_id=row.pk, months_release=months, months_today=months + 6,
            months_to_market=min(months, 12), focus=focus, direct=self.person.number % 3 == 0,
            direct_because="Probearbeit ist zugesagt" if self.person.number % 3 == 0 else "",
        )  # fmt: skip
        aim = words.AIMS[self.person.number % len(words.AIMS)]
        profiling.record_talk(
            actor=by, now=now, assessment_id=row.pk, own_words=aim.own, minutes=60, place="Sprechzimmer",
            consequences="Die Schritte stehen im Plan.", market_situation="Stellen im Umkreis sind ausgeschrieben.",
        )  # fmt: skip

    def _know(self, on: date) -> None:
        """Biography, target, language, mobility, competence: facts that outlive a profiling."""
        trade, year = self.trade, on.year
        do, based = self.do, {"basis": FindingBasis.SELF_REPORT}
        for kind, title, since, until in (
            (BiographyKind.SCHOOL, "Hauptschule", date(year - 18, 8, 1), date(year - 9, 7, 1)),
            (BiographyKind.JOB, self.chance.choice(words.LAST_JOBS), date(year - 6, 3, 1), date(year - 4, 9, 1)),
            (BiographyKind.UNEMPLOYED, "ohne Arbeit", date(year - 4, 10, 1), date(year - 2, 5, 1)),
        ):
            do(profiling.add_biography_entry, on, kind=kind, title=title, since=since, until=until, **based)
        do(
            profiling.add_biography_entry, on, kind=BiographyKind.TRAINING_INSIDE, title=trade.inside, kldb=trade.kldb,
            since=on.replace(day=1), basis=FindingBasis.FACT, source="Werkdienst",
        )  # fmt: skip
        do(
            profiling.add_target_occupation, on, rank=1, title=trade.title, kldb=trade.kldb, since=on,
            region=self.person.town.name if self.person.town else "Düsseldorf", radius_km=30, hours="Vollzeit",
            shifts="Früh und Spät", **based,
        )  # fmt: skip
        do(
            profiling.add_target_occupation, on, rank=2, title="Helfer/in Lager, Transport", kldb="51311", since=on,
            radius_km=30, hours="Vollzeit", **based,
        )  # fmt: skip
        do(profiling.add_language, on, language="de", level=LanguageLevel.B2, **based)
        do(
            profiling.add_mobility, on, bicycle=True, ticket="Sozialticket", **based,
            licence_status=self.chance.choice((LicenceStatus.NONE, LicenceStatus.VALID, LicenceStatus.MPU_NEEDED)),
        )  # fmt: skip
        if self.person.number % 4 == 1:
            do(
                profiling.add_restriction, on, kind="TIMES", note="meldet sich montags und freitags bis 18 Uhr",
                valid_until=on + timedelta(days=500), basis=FindingBasis.FACT, source="Weisung",
            )  # fmt: skip
        do(
            profiling.add_competence, on, wording=trade.competence, kldb=trade.kldb, level=CompetenceLevel.SOLID,
            acquired=trade.inside, issuer_neutral=trade.issuer, issued_on=on, basis=FindingBasis.FACT,
            evidence=EvidenceKind.WELDING if trade.welding else EvidenceKind.JUDGEMENT,
            expires_on=on + timedelta(days=730) if trade.welding else None,
        )  # fmt: skip

    # --- plan

    def plan(self, on: date, until: date) -> None:
        """Three goals with steps, discussed, signed on paper and in force; what was due is done."""
        aim = words.AIMS[self.person.number % len(words.AIMS)]
        goals = (
            (aim.own, aim.trade, GoalGroup(aim.group.value), PlanPart.CAREER, aim.steps),
            (
                f"Als {self.trade.title.split('/')[0]} arbeiten, nicht nur aushelfen.",
                f"Teilqualifikation {self.trade.inside}, danach versicherungspflichtige Beschäftigung",
                GoalGroup.QUALIFICATION,
                PlanPart.PRISON,
                (
                    (f"{self.trade.inside} abschließen", "PARTICIPANT", 110),
                    ("Zeugnis neutral ausstellen", "PRISON", 130),
                ),
            ),
            (
                "Die ersten Wochen draußen schaffen.",
                "Wohnung, Leistungen und erster Arbeitstag sind am Entlassungstag geklärt",
                GoalGroup.CIRCUMSTANCES,
                PlanPart.AFTERCARE,
                (("Antrag beim Jobcenter mit Eingang", "CASE_MANAGER", 150), ("Erstes Gespräch", "PARTICIPANT", 190)),
            ),
        )
        for place, (own, trade, group, part, steps) in enumerate(goals):
            goal = self.do(
                planning.set_goal, on, wording_person=own, wording_professional=trade, key_group=group, part=part,
                priority=Priority.HIGH if place == 0 else Priority.NORMAL, indicator="Nachweis liegt vor",
            )  # fmt: skip
            for what, owner, after in steps:
                step = planning.add_step(
                    actor=self.actor, goal_id=goal.pk, now=self.days.at(on), what=what, owner=StepOwner(owner),
                    due_on=on + timedelta(days=after),
                )  # fmt: skip
                done = self.days.working(on + timedelta(days=after - 6))
                if on < done <= until and on + timedelta(days=after) < until and self.person.number % 5:
                    self._done.append((step.pk, done))
            self._goals.append(goal.pk)
        self._sign(goal.plan_id, on, until)
        for pk, done in self._done:
            planning.complete_step(actor=self.actor, planstep_id=pk, done_on=done, now=self.days.at(done))

    def _sign(self, plan_id: int, on: date, until: date) -> None:
        discussed = self.days.working(on + timedelta(days=3))
        if discussed > until:
            return
        by = {"actor": self.actor, "integrationplan_id": plan_id, "now": self.days.at(discussed)}
        planning.set_aim(**by, aim=f"Arbeit als {self.trade.title}", aim_plain=f"Ich arbeite als {self.trade.title}.")
        planning.discuss_plan(**by, on=discussed)
        signed = self.days.working(discussed + timedelta(days=4))
        if signed > until or self.person.number % 6 == 5:
            return
        by["now"] = self.days.at(signed)
        planning.record_answer(**by, answer=Answer.YES, signed_on=signed)
        planning.sign_plan(**by, signed_on=signed)
        planning.put_in_force(**by, on=signed)
        looked = self.days.working(signed + timedelta(days=35))
        if looked <= until:
            for pk in self._goals[:2]:
                planning.judge_goal(
                    actor=self.actor, goal_id=pk, status=GoalStatus.RUNNING, status_on=looked, now=self.days.at(looked)
                )
