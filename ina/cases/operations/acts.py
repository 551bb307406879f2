"""The acts of a case: taken up, admitted, declined, released, closed. Each is a dated row; nothing is overwritten.

What follows from them (custody, responsibility, access, deadlines, list row) is derived in ``consequences``.
"""

from __future__ import annotations

from datetime import date, datetime

from ina.access.enums import ConsentPurpose
from ina.access.operations.consents import add_consent
from ina.access.queries import running_purposes
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import Act, Residence, State
from ina.cases.events import CaseClosed, PersonAdmitted, ReleaseConfirmed
from ina.cases.models import Case, CaseAct, FirstTalk, InformationGiven, Participant, ParticipationAgreement
from ina.cases.operations import consent_duties
from ina.cases.operations.consequences import WHY, record_act, settle
from ina.cases.operations.deaths import DECEASED, die, live
from ina.cases.operations.talks import add_agreement
from ina.cases.queries import aftercare_end_of, released_on, state_of
from ina.cases.queries.events import lost_contact_on
from ina.cases.rules.endings import BY_CODE, Need, hindrances
from ina.reference.queries import code_labels, parameter
from ina.reference.rules import add_months

FULL_AGE = 18  # § 2 BGB
# Where a need of an ending is said (``cases.close``).
FIELDS = {
    Need.CUSTODY_KIND: "imprisonment",
    Need.REMARK: "remark",
    Need.COMPLAINT_INFO: "complaint_explained",
    Need.ATTEMPTS: "reason",
    Need.RECIPIENT: "handed_to",
}


@operation("cases.take_up", may=policies.may_take_up, on=Case)
def take_up(case: Case, *, actor: Actor, happened_on: date, now: datetime) -> None:
    """Screening begins, or begins anew from the waiting list: eligibility, information, the person's own will."""
    record_act(case, actor, Act.TAKEN_UP, happened_on, now)


@operation("cases.admit", may=policies.may_admit, on=Case)
def admit(
    case: Case,
    *,
    actor: Actor,
    admitted_on: date,
    participation_on: date | None,
    data_use_on: date | None,
    agreement_on: date | None = None,
    text_version: str,
    language: str = "de",
    interpreter: str = "",
    guardian: str = "",
    remark: str = "",
    eligibility: dict[str, str] | None = None,
    now: datetime,
) -> None:
    """Take somebody in. Publishes PersonAdmitted.

    Gates: the first talk with the word that refusing costs nothing, the information sheet, the participation agreement
    and both consents (now or earlier), and for minors a legal representative who signed with them. ``eligibility``:
    what the check said on the day of the decision (criterion → verdict), kept with the act; it never decides.
    """
    _gates(case, admitted_on, guardian)
    have = running_purposes(actor, case.dossier_id, admitted_on)
    given = {ConsentPurpose.PARTICIPATION: participation_on, ConsentPurpose.DATA_USE: data_use_on}
    for purpose, field in (
        (ConsentPurpose.PARTICIPATION, "participation_on"),
        (ConsentPurpose.DATA_USE, "data_use_on"),
    ):
        on = given[purpose]
        if purpose in have:
            continue
        if on is None:
            raise Invalid(f"Ohne Einwilligung „{purpose.label}“ ist keine Aufnahme möglich.", field)
        if on > admitted_on:
            raise Invalid("Die Einwilligung liegt nach der Aufnahme.", field)
        add_consent(
            dossier=case.dossier,
            membership_id=actor.membership_id,
            purpose=purpose,
            given_on=on,
            text_version=text_version,
            on_paper=True,
            language=language,
            interpreter=interpreter,
            guardian=guardian,
            now=now,
        )
    _agree(
        case,
        actor,
        admitted_on,
        agreement_on,
        now=now,
        text_version=text_version,
        language=language,
        interpreter=interpreter,
        guardian=guardian,
    )
    _screen(case, actor, admitted_on, now, "admitted_on")
    record_act(case, actor, Act.ADMITTED, admitted_on, now, remark=remark, facts=eligibility or {}, field="admitted_on")
    publish(PersonAdmitted(dossier_id=case.dossier_id, case_id=case.pk))


@operation("cases.waitlist", may=policies.may_waitlist, on=Case)
def waitlist(
    case: Case, *, actor: Actor, happened_on: date, reason: str, remark: str = "", resubmit_on: date, now: datetime
) -> None:
    """Too early or no place yet: the case comes up again on a day. reason: code of the list waiting_reasons."""
    _require_code("waiting_reasons", reason, happened_on)
    if resubmit_on <= happened_on:
        raise Invalid("Die Wiedervorlage liegt nicht nach der Entscheidung.", "resubmit_on")
    _screen(case, actor, happened_on, now)
    record_act(case, actor, Act.WAITLISTED, happened_on, now, reason=reason, remark=remark, until=resubmit_on)


@operation("cases.decline", may=policies.may_decline, on=Case)
def decline(case: Case, *, actor: Actor, happened_on: date, reason: str = "", remark: str = "", now: datetime) -> None:
    """The person does not want to take part. No reason is asked for; one they gave is coded (decline_reasons)."""
    if reason:
        _require_code("decline_reasons", reason, happened_on)
    _screen(case, actor, happened_on, now)
    record_act(case, actor, Act.DECLINED, happened_on, now, reason=reason, remark=remark)


@operation("cases.reconsider", may=policies.may_reconsider, on=Case)
def reconsider(case: Case, *, actor: Actor, happened_on: date, remark: str = "", now: datetime) -> None:
    """The person declined and has changed their mind: the same screening goes on, its deadlines ask again."""
    record_act(case, actor, Act.RECONSIDERED, happened_on, now, remark=remark)


@operation("cases.reject", may=policies.may_reject, on=Case)
def reject(
    case: Case,
    *,
    actor: Actor,
    happened_on: date,
    reason: str,
    remark: str = "",
    eligibility: dict[str, str] | None = None,
    now: datetime,
) -> None:
    """INA does not take the person in; reason: code of rejection_reasons (never the offence alone)."""
    _require_code("rejection_reasons", reason, happened_on)
    if state_of(case) is State.WAITING:
        _screen(case, actor, happened_on, now)
    record_act(case, actor, Act.REJECTED, happened_on, now, reason=reason, remark=remark, facts=eligibility or {})


@operation("cases.confirm_release", may=policies.may_confirm_release, on=Case)
def confirm_release(
    case: Case,
    *,
    actor: Actor,
    released_on: date,
    release_type: str = "",
    residence_postcode: str = "",
    residence_town: str = "",
    now: datetime,
) -> None:
    """The person has left prison: aftercare begins, six months run. release_type: code of release_types.

    The prison's social service reads until this day; the carrier becomes responsible in law.
    Publishes ReleaseConfirmed.
    """
    if release_type:
        _require_code("release_types", release_type, released_on, "release_type")
    record_act(
        case, actor, Act.RELEASE_CONFIRMED, released_on, now, field="released_on",
        facts={"release_type": release_type} if release_type else {},
    )  # fmt: skip
    if residence_postcode or residence_town:
        participant = Participant.objects.visible_to(actor).get(dossier_id=case.dossier_id)
        participant.residence_postcode = residence_postcode
        participant.residence_town = residence_town
        participant.residence_state = Residence.CONFIRMED
        participant.version += 1
        participant.clean_fields(exclude=["dossier"])
        participant.save()
    consent_duties.gate_passed(case, released_on, now)
    publish(ReleaseConfirmed(dossier_id=case.dossier_id, case_id=case.pk))


@operation("cases.pause", may=policies.may_pause, on=Case)
def pause(
    case: Case,
    *,
    actor: Actor,
    happened_on: date,
    reason: str,
    remark: str = "",
    imprisonment: str = "",
    until: date,
    now: datetime,
) -> None:
    """The case rests, at most as long as the dated parameter allows. reason: code of pause_reasons.

    Imprisoned again: its kind is said (reimprisonment_kinds), and the clock of aftercare stands still meanwhile.
    """
    latest = parameter("pause_max", on=happened_on).after(happened_on)
    if not happened_on < until <= latest:
        raise Invalid(f"Der Fall ruht längstens bis {latest:%d.%m.%Y}.", "until")
    _require_code("pause_reasons", reason, happened_on)
    released = released_on(case) is not None
    if reason == "REIMPRISONED" and not released:
        raise Invalid("Wieder inhaftiert kann nur sein, wessen Entlassung bestätigt ist.", "reason")
    if reason == "TRANSFERRED" and released:
        raise Invalid("Verlegt wird nur, wer in Haft ist.", "reason")
    facts = _imprisonment(imprisonment, happened_on) if reason == "REIMPRISONED" else {}
    record_act(case, actor, Act.PAUSED, happened_on, now, reason=reason, remark=remark, until=until, facts=facts)


@operation("cases.resume", may=policies.may_resume, on=Case)
def resume(case: Case, *, actor: Actor, happened_on: date, now: datetime) -> None:
    """The case goes on where it was."""
    record_act(case, actor, Act.RESUMED, happened_on, now)


@operation("cases.close", may=policies.may_close_case, on=Case)
def close_case(
    case: Case,
    *,
    actor: Actor,
    closed_on: date,
    reason: str,
    remark: str = "",
    imprisonment: str = "",
    handed_to: str = "",
    complaint_explained: bool = False,
    now: datetime,
) -> None:
    """End the case with a reason of the catalogue (domain 9.4). Publishes CaseClosed.

    Which reason fits which state, and what must be said with it: ``rules.endings``. handed_to: the service that goes
    on. complaint_explained: somebody who is excluded was told how to complain.
    """
    if reason not in code_labels("ending_reasons", on=closed_on) or reason not in BY_CODE:
        raise Invalid("Bitte wählen Sie einen Grund.", "reason")
    ending, tried = BY_CODE[reason], None
    if Need.ATTEMPTS in ending.needs:
        tried = lost_contact_on(case, closed_on)
    given = {
        Need.CUSTODY_KIND: bool(imprisonment),
        Need.REMARK: bool(remark.strip()),
        Need.COMPLAINT_INFO: complaint_explained,
        Need.RECIPIENT: bool(handed_to.strip()),
        Need.ATTEMPTS: tried is not None and tried.suffices,
    }
    have = {need for need, said in given.items() if said}
    against = hindrances(
        reason,
        state_of(case),
        given=have,
        released_on=released_on(case),
        aftercare_ends=aftercare_end_of(case),
        on=closed_on,
    )
    missing = [need for need in ending.needs if need not in have]
    if against:
        # What is only missing is said beside its field, all else beside the reason.
        field = FIELDS[missing[0]] if len(missing) == len(against) else "reason"
        sentences = [*against, tried.why] if tried is not None and not tried.suffices else against
        raise Invalid(" ".join(sentences), field)
    facts: dict = _imprisonment(imprisonment, closed_on) if Need.CUSTODY_KIND in ending.needs else {}
    if Need.RECIPIENT in ending.needs:
        facts["handed_to"] = handed_to.strip()
    if Need.COMPLAINT_INFO in ending.needs:
        facts["complaint_explained"] = True
    if tried is not None:
        facts |= {"attempts": tried.attempts, "channels": tried.channels}
    note(reason=reason)
    if reason == DECEASED:
        die(actor, case.dossier_id, closed_on, now=now)
        return
    record_act(case, actor, Act.CLOSED, closed_on, now, reason=reason, remark=remark, facts=facts, field="closed_on")
    publish(CaseClosed(dossier_id=case.dossier_id, case_id=case.pk, reason=reason))


@operation("cases.void_act", may=policies.may_void_act, on=CaseAct)
def void_act(row: CaseAct, *, actor: Actor, because: str, now: datetime) -> None:
    """The last act was entered by mistake: what was before holds again, with all that hung on it.

    The voided row stays and is shown. The referral itself is not voided: a case opened by error is closed as one.
    """
    if not because.strip():
        raise Invalid("Bitte begründen Sie die Stornierung.", "because")
    case = Case.objects.visible_to(actor).select_for_update().get(pk=row.case_id)
    row.voided_at = now
    row.voided_by_id = actor.membership_id
    row.voided_because = because.strip()
    row.version += 1
    row.save()
    case.version += 1
    case.save(update_fields=["version"])
    if row.act == Act.CLOSED and row.reason == DECEASED:
        live(row.dossier_id, now=now)
    else:
        settle(case, now=now)
    note(act=row.act)


def _gates(case: Case, on: date, guardian: str) -> None:
    talk = FirstTalk.objects.unscoped(because=WHY).standing().filter(case=case, told_voluntary=True, held_on__lte=on)
    if not talk.exists():
        raise Invalid(
            "Vor der Aufnahme steht das Erstgespräch: Die Person muss wissen, dass sie freiwillig teilnimmt.",
            "admitted_on",
        )
    informed = InformationGiven.objects.unscoped(because=WHY).standing().filter(case=case, given_on__lte=on)
    if not informed.exists():
        raise Invalid("Das Informationsblatt zum Datenschutz ist noch nicht ausgehändigt.", "admitted_on")
    born_on = Participant.objects.unscoped(because=WHY).values_list("born_on", flat=True).get(dossier=case.dossier_id)
    if born_on and add_months(born_on, 12 * FULL_AGE) > on and not guardian.strip():
        raise Invalid("Die Person ist minderjährig: Die gesetzliche Vertretung unterschreibt mit.", "guardian")


def _agree(case: Case, actor: Actor, on: date, agreed_on: date | None, **signed) -> None:
    """The participation agreement is there by the day of the admission, or is entered with it (domain 9.1)."""
    standing = ParticipationAgreement.objects.unscoped(because=WHY).standing().filter(case=case)
    if standing.filter(agreed_on__lte=on).exists():
        return
    if agreed_on is None:
        raise Invalid("Ohne unterschriebene Teilnahmevereinbarung ist keine Aufnahme möglich.", "agreement_on")
    if agreed_on > on:
        raise Invalid("Die Teilnahmevereinbarung liegt nach der Aufnahme.", "agreement_on")
    add_agreement(case, actor, agreed_on=agreed_on, field="agreement_on", **signed)


def _screen(case: Case, actor: Actor, on: date, now: datetime, field: str = "happened_on") -> None:
    """A decision from the list of referrals or of those waiting begins the screening in the same breath."""
    if state_of(case) in (State.REFERRED, State.WAITING):
        record_act(case, actor, Act.TAKEN_UP, on, now, field=field)


def _imprisonment(kind: str, on: date) -> dict[str, str]:
    _require_code("reimprisonment_kinds", kind, on, "imprisonment")
    return {"imprisonment": kind}


def _require_code(list_key: str, code: str, on: date, field: str = "reason") -> None:
    if code not in code_labels(list_key, on=on):
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", field)
