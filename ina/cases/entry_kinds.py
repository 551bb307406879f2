"""The entries of ``cases`` itself that can be corrected or voided. Modules above register theirs."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from ina.access import policies as access
from ina.access.enums import ConsentPurpose
from ina.access.models import Consent
from ina.access.operations.consents import void_consent
from ina.agenda.models import ClockStop
from ina.agenda.operations import stops
from ina.cases import policies
from ina.cases.corrections import EntryKind, register_entry
from ina.cases.enums import Act, EventKind
from ina.cases.evidence import register_meetings
from ina.cases.models import (
    Alias,
    Case,
    CaseAct,
    CustodyPeriod,
    DateNotice,
    FirstTalk,
    Guardian,
    InformationGiven,
    ParticipationAgreement,
    ReleaseDateHypothesis,
    SpecialEvent,
)
from ina.cases.operations import entries, events, guardians, names
from ina.cases.operations.acts import void_act

WHY = "der Eintrag, um den es geht, ist schon als sichtbar geladen"
GATES = frozenset({ConsentPurpose.PARTICIPATION, ConsentPurpose.DATA_USE})


def last_talk(case: Case) -> date | None:
    talks = FirstTalk.objects.unscoped(because=WHY).standing().filter(case=case)
    return talks.aggregate(on=Max("held_on"))["on"]


def _admission(dossier_id: int, since: date, case_id: int | None = None) -> CaseAct | None:
    """The last admission that may rest on something of this day."""
    acts = CaseAct.objects.unscoped(because=WHY).standing()
    acts = acts.filter(dossier_id=dossier_id, act=Act.ADMITTED, happened_on__gte=since)
    if case_id is not None:
        acts = acts.filter(case_id=case_id)
    return acts.order_by("happened_on", "pk").last()


def _rests(admission: CaseAct, what: str) -> str:
    return (
        f"Darauf beruht die Aufnahme vom {admission.happened_on:%d.%m.%Y}. Sie bleibt stehen: Tragen Sie ein, {what}, "
        "oder stornieren Sie auch die Aufnahme."
    )


def consent_carries(row: Consent) -> str:
    """Whether an admission would stand without its consent."""
    admission = _admission(row.dossier_id, row.given_on) if row.purpose in GATES else None
    if admission is None:
        return ""
    others = Consent.objects.unscoped(because=WHY).standing().exclude(pk=row.pk)
    others = others.filter(dossier_id=row.dossier_id, purpose=row.purpose, given_on__lte=admission.happened_on)
    return "" if others.exists() else _rests(admission, "welche Einwilligung vorlag")


def agreement_carries(row: ParticipationAgreement) -> str:
    """Whether the admission would stand without what both agreed on."""
    admission = _admission(row.dossier_id, row.agreed_on, row.case_id)
    return _rests(admission, "was die Person unterschrieben hat") if admission else ""


def talk_carries(row: FirstTalk) -> str:
    admission = _admission(row.dossier_id, row.held_on, row.case_id)
    if admission is None:
        return ""
    others = FirstTalk.objects.unscoped(because=WHY).standing().exclude(pk=row.pk)
    others = others.filter(case_id=row.case_id, told_voluntary=True, held_on__lte=admission.happened_on)
    return "" if others.exists() else _rests(admission, "wann das Erstgespräch wirklich war")


def information_carries(row: InformationGiven) -> str:
    admission = _admission(row.dossier_id, row.given_on, row.case_id)
    if admission is None:
        return ""
    others = InformationGiven.objects.unscoped(because=WHY).standing().exclude(pk=row.pk)
    others = others.filter(case_id=row.case_id, given_on__lte=admission.happened_on)
    return "" if others.exists() else _rests(admission, "wann das Informationsblatt wirklich ausgehändigt wurde")


def _taken_back_on(row: SpecialEvent) -> str:
    return "handover" if row.kind == EventKind.TRANSFERRED else ""


def act_carries(row: CaseAct) -> str:
    if row.act != Act.RELEASE_CONFIRMED or row.is_voided:
        return ""
    return "Von diesem Tag rechnen Nachsorge und Fristen. Ein schon eingetragener Verbleib behält seinen Stichtag."


KINDS = (
    EntryKind(
        key="ereignis",
        name="act",
        label="Ereignis im Fall",
        model=CaseAct,
        may=policies.may_correct,
        fields=("happened_on", "reason", "until", "remark"),
        only=entries.columns_of_act,
        codes={"reason": entries.reason_list},
        check=entries.check_act,
        after=entries.act_changed,
        warn=act_carries,
        may_void=policies.may_void_act,
        void=void_act,
    ),
    EntryKind(
        key="erstgespraech",
        name="first_talk",
        label="Erstgespräch",
        model=FirstTalk,
        may=policies.may_correct,
        fields=(
            "held_on",
            "minutes",
            "place",
            "present",
            "informed",
            "told_voluntary",
            "own_wishes",
            "answer",
            "answer_until",
        ),
        page="first_talk",
        check=entries.check_talk,
        after=entries.talk_changed,
        warn=talk_carries,
    ),
    EntryKind(
        key="teilnahmevereinbarung",
        name="agreement",
        label="Teilnahmevereinbarung",
        model=ParticipationAgreement,
        may=policies.may_correct,
        fields=("agreed_on", "text_version", "language", "interpreter", "guardian", "own_words"),
        page="first_talk",
        codes={"language": "languages"},
        check=entries.check_agreement,
        warn=agreement_carries,
    ),
    EntryKind(
        key="fristpause",
        name="stop",
        label="angehaltene Frist",
        model=ClockStop,
        may=policies.may_correct_stated,
        fields=("reason", "from_on", "until_on", "remark"),
        case="",
        page="tasks",
        codes={"reason": "clock_stop_reasons"},
        check=stops.check_stop,
        after=stops.stop_changed,
    ),
    EntryKind(
        key="informationsblatt",
        name="information",
        label="Informationsblatt",
        model=InformationGiven,
        may=policies.may_correct,
        fields=("given_on", "sheet_version", "language", "interpreter"),
        page="first_talk",
        codes={"language": "languages"},
        check=entries.check_information,
        warn=information_carries,
    ),
    EntryKind(
        key="termin",
        name="release_date",
        label="Entlassungstermin",
        model=ReleaseDateHypothesis,
        may=policies.may_correct_stated,
        fields=("on", "kind", "status", "source", "asserted_on", "probability", "remark"),
        page="release_dates",
        check=entries.check_claim,
        after=entries.dates_changed,
    ),
    EntryKind(
        key="haftzeit",
        name="custody",
        label="Haftzeit",
        model=CustodyPeriod,
        may=policies.may_correct_stated,
        fields=(
            "booking_number",
            "custody_kind",
            "enforcement_status",
            "authority",
            "authority_reference",
            "department",
            "is_open",
            "starts_on",
            "ends_on",
        ),
        check=entries.check_custody,
        check_void=entries.check_custody_void,
        after=entries.custody_changed,
    ),
    EntryKind(
        key="besonderes",
        name="special_event",
        label="besonderes Ereignis",
        model=SpecialEvent,
        may=policies.may_correct_event,
        fields=("happened_on", "until", "remark"),
        page="case_events",
        check=events.check_correction,
        after=events.event_corrected,
        void=events.void_event,
        may_void=policies.may_void_event,
        elsewhere=_taken_back_on,
    ),
    EntryKind(
        key="name",
        name="alias",
        label="weiterer Name",
        model=Alias,
        may=policies.may_correct_stated,
        fields=("kind", "name"),
        case="",
        page="person",
        check=entries.check_name,
        void=names.void_alias,
        may_void=policies.may_void_alias,
        after=entries.alias_changed,
    ),
    EntryKind(
        key="vertretung",
        name="guardian",
        label="gesetzliche Vertretung",
        model=Guardian,
        may=policies.may_correct_stated,
        fields=("name", "relation", "contact", "valid_from", "valid_until"),
        case="",
        page="person",
        check=entries.check_name,
        void=guardians.void_guardian,
        may_void=policies.may_void_guardian,
    ),
    EntryKind(
        key="mitteilung",
        name="date_notice",
        label="Mitteilung des Entlassungstermins",
        model=DateNotice,
        may=policies.may_correct,
        fields=("on", "told_on", "channel", "legal_basis"),
        page="release_dates",
        check=entries.check_notice,
    ),
    EntryKind(
        key="einwilligung",
        name="consent",
        label="Einwilligung",
        model=Consent,
        may=access.may_void_consent,
        case="",
        page="consents",
        warn=consent_carries,
        void=void_consent,
    ),
)


def register() -> None:
    register_meetings(last_talk)
    for kind in KINDS:
        register_entry(kind)
