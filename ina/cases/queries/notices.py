"""Who must be told a day of release, whether they may be, and who holds which day. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from ina.access.enums import ConsentPurpose
from ina.access.models import Consent
from ina.accounts.enums import Role
from ina.accounts.models import Deputyship, Membership
from ina.base.actor import Actor
from ina.cases.calls import Involved, involved
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.models import Case, DateNotice
from ina.cases.queries.file import CaseFile
from ina.cases.rules.calls import Call, CallRole, calls_order
from ina.cases.rules.release import DateClaim
from ina.institutions.enums import Kind
from ina.institutions.models import Institution
from ina.reference.queries import code_labels

OF_A_VISIBLE_CASE = "der Fall ist schon als sichtbar geladen"
BY_KIND = {
    Kind.PRISON: CallRole.PRISON_SOCIAL,
    Kind.JOBCENTER: CallRole.JOBCENTER,
    Kind.AGENCY: CallRole.AGENCY,
    Kind.PROBATION: CallRole.PROBATION,
    Kind.FIRM: CallRole.EMPLOYER,
    Kind.CHAMBER: CallRole.TRAINING,
}
# What to say or ask, by role; no name of a benefit and no paragraph, so that it stays true.
ASK = {
    CallRole.PARTICIPANT: "Termin bestätigen, Sorgen anhören, wer holt ab?",
    CallRole.PRISON_SOCIAL: "Ausweis, Entlassungsschein, Auszahlung, Fahrkarte",
    CallRole.COLLEAGUE: "Wer vertritt in den letzten Wochen?",
    CallRole.HOUSING: "Ist der Platz schon ab diesem Tag frei? Sonst Notunterkunft nennen",
    CallRole.JOBCENTER: "Antrag und Termine auf den neuen Tag; es zählt der Tag des Eingangs",
    CallRole.HEALTH_INSURANCE: "Mitgliedschaft ab dem neuen Tag, Karte",
    CallRole.MEDICAL: "Behandlung und Medikamente ab dem neuen Tag",
    CallRole.PROBATION: "Erstes Gespräch nach der Entlassung",
    CallRole.AGENCY: "Meldung und Beratung auf den neuen Tag",
    CallRole.EMPLOYER: "Nur mitteilen, ab wann die Person verfügbar ist",
    CallRole.TRAINING: "Beginn auf den neuen Tag",
    CallRole.OTHER: "Gilt die Verabredung noch?",
}
BY_COURT = frozenset({HypothesisKind.COURT_DECISION, HypothesisKind.TWO_THIRDS, HypothesisKind.HALF})
# Codes of the list date_notice_bases.
PRISON_SOCIAL, PROBATION_ORDERED = "PRISON_SOCIAL", "PROBATION_ORDERED"


@dataclass(frozen=True)
class Permission:
    """Whether a body may be told the day: on a consent, or on a legal basis (its name), or not, and why not.

    withdrawn: there was a consent once.
    """

    consent_id: int | None = None
    legal_basis: str = ""
    because: str = ""
    withdrawn: bool = False

    def __bool__(self) -> bool:
        return self.consent_id is not None or bool(self.legal_basis)

    @property
    def words(self) -> str:
        return self.legal_basis or ("mit Einwilligung" if self.consent_id else "")


def may_be_told(
    institution: Institution,
    *,
    prison_id: int | None,
    consents: Iterable[Consent],
    claims: Iterable[DateClaim],
    bases: dict[str, str],
    on: date,
) -> Permission:
    """Whether this body may be told on a day. consents: of the person, for the release date; bases: names by code.

    The prison's own social service by law; probation once the court has decided; everybody else by consent only
    (domain 2.1, § 60: other parties only with the prisoner's consent).
    """
    theirs = [consent for consent in consents if consent.recipient_id == institution.pk and consent.given_on <= on]
    running = next((each for each in theirs if each.runs_on(on)), None)
    if running:
        return Permission(consent_id=running.pk)
    if institution.pk == prison_id:
        return Permission(legal_basis=bases[PRISON_SOCIAL])
    if institution.kind == Kind.PROBATION and decided_by_court(claims):
        return Permission(legal_basis=bases[PROBATION_ORDERED])
    if not theirs:
        return Permission(
            because="Einwilligung fehlt. Vordruck „Mitteilung des Entlassungstermins“ für diese Stelle unterschreiben "
            "lassen und eintragen, dann anrufen."
        )
    last = max(theirs, key=lambda each: each.withdrawn_on or each.expires_on or date.max)
    if last.withdrawn_on:
        return Permission(
            because=f"Darf nicht mehr informiert werden: Einwilligung am {last.withdrawn_on:%d.%m.%Y} widerrufen.",
            withdrawn=True,
        )
    return Permission(
        because=f"Die Einwilligung ist am {last.expires_on:%d.%m.%Y} abgelaufen. Neue unterschreiben lassen."
    )


def decided_by_court(claims: Iterable[DateClaim]) -> bool:
    return any(claim.kind in BY_COURT and claim.status is HypothesisStatus.DECIDED for claim in claims)


def release_date_consents(case: Case) -> list[Consent]:
    """Consents to tell somebody the day of release, withdrawn ones included."""
    rows = Consent.objects.unscoped(because=OF_A_VISIBLE_CASE).standing()
    return list(rows.filter(dossier_id=case.dossier_id, purpose=ConsentPurpose.RELEASE_DATE).order_by("given_on", "pk"))


@dataclass(frozen=True)
class Line(Call):
    """A line of the call list. institution: key, empty for people. phone: as the body's row says it.

    holds: the day that they were told last, on ``told_on``. basis: what allows the call. gone: consent withdrawn.
    done: they hold the new day already.
    """

    institution: str = ""
    phone: str = ""
    holds: date | None = None
    told_on: date | None = None
    basis: str = ""
    gone: bool = False
    done: bool = False


def list_calls(
    actor: Actor,
    file: CaseFile,
    claims: Sequence[DateClaim],
    *,
    old: date | None,
    new: date | None,
    short: bool,
    today: date,
) -> list[Line]:
    """Whom to call about ``new``, in order. claims: as they would stand then. short: so little time that others help.

    The prison's social service sees only the people: who else knows the day is not theirs to read.
    """
    lines = [Line(CallRole.PARTICIPANT, file.participant.full_name, ASK[CallRole.PARTICIPANT])]
    if short:
        lines += _colleagues(file, today)
    lines += _bodies(actor, file, claims, old=old, new=new, today=today)
    return calls_order(lines)  # type: ignore[return-value]


def _bodies(actor, file: CaseFile, claims, *, old, new, today) -> list[Line]:
    named: dict[str, Involved] = {}
    for each in involved(actor, file, old, new, today):
        known = named.setdefault(each.key, each)
        if known.role is None and each.role is not None:
            named[each.key] = replace(known, role=each.role)
    notices = latest_notices(actor, file.case)
    consents = release_date_consents(file.case)
    prison_id = file.custody.prison_id if file.custody else None
    known_ids = {prison_id, *notices, *(c.recipient_id for c in consents if c.runs_on(today))} - {None}
    bases = code_labels("date_notice_bases", on=today)
    lines = []
    for body in Institution.objects.filter(Q(pk__in=known_ids) | Q(key__in=named)):
        may = may_be_told(body, prison_id=prison_id, consents=consents, claims=claims, bases=bases, on=today)
        part, notice = named.get(body.key), notices.get(body.pk)
        role = (part.role if part else None) or BY_KIND.get(Kind(body.kind), CallRole.OTHER)
        done = notice is not None and new is not None and notice.on == new
        lines.append(
            Line(
                role=role,
                whom=f"Sozialdienst {body.short_name}" if body.pk == prison_id else body.short_name,
                reason=ASK[role] if part is None else f"{ASK[role]}. {part.reason}",
                blocked_because=may.because,
                # They count on a day that is none any more: a bed, an appointment is lost.
                overdue=notice is not None and not done,
                institution=body.key,
                phone=body.phone,
                holds=notice.on if notice else None,
                told_on=notice.told_on if notice else None,
                basis=may.words,
                gone=may.withdrawn,
                done=done,
            )
        )
    return lines


def latest_notices(actor: Actor, case: Case) -> dict[int, DateNotice]:
    """By body: the last day that it was told."""
    rows = DateNotice.objects.visible_to(actor).standing().filter(case=case).order_by("told_on", "pk")
    return {row.institution_id: row for row in rows}


def list_notices(actor: Actor, case: Case) -> list[DateNotice]:
    """Everything that was told, newest first, voided entries included."""
    rows = DateNotice.objects.visible_to(actor).filter(case=case)
    return list(rows.select_related("institution", "recorded_by__user").order_by("-told_on", "-pk"))


def _colleagues(file: CaseFile, today: date) -> list[Line]:
    """Whoever stands in for the case manager today, and who leads their team."""
    leader = file.assignments[-1].membership if file.assignments else None
    if leader is None:
        return []
    deputies = Deputyship.objects.filter(principal=leader, ended_at=None, starts_on__lte=today, ends_on__gte=today)
    wanted = Q(pk__in=deputies.values("deputy_id"))
    if leader.team_id:
        wanted |= Q(team_id=leader.team_id, role=Role.TEAM_LEAD)
    people = Membership.objects.running_on(today).filter(wanted).exclude(pk=leader.pk).select_related("user")
    return [
        Line(
            CallRole.COLLEAGUE,
            person.user.display_name,
            "Leitung: " + ASK[CallRole.COLLEAGUE]
            if person.role == Role.TEAM_LEAD
            else "Vertretung: den Stand übergeben",
        )
        for person in people.order_by("user__display_name", "pk")
    ]
