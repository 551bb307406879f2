"""What each case is asked for by a day, as far as ``cases`` itself asks. Other modules register theirs."""

from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.cases.enums import Step

_BEGIN, _COURSE, _END = Step.COUNSELLING, Step.MONITORING, Step.EVALUATION
KINDS = (
    Kind(
        "cases.first_talk",
        "Erstgespräch führen",
        Anchor.REFERRAL,
        "first_talk_deadline",
        page="first_talk",
        step=_BEGIN,
        stoppable=True,
    ),
    Kind(
        "cases.decide_admission",
        "Über die Aufnahme entscheiden",
        Anchor.REFERRAL,
        "admission_decision_deadline",
        page="admission",
        step=_BEGIN,
        stoppable=True,
    ),
    Kind(
        "cases.ask_again",
        "Nach der Bedenkzeit noch einmal fragen",
        Anchor.FIXED,
        page="first_talk",
        step=_BEGIN,
    ),
    Kind("cases.resubmit", "Warteliste: noch einmal klären", Anchor.FIXED, page="admission", step=_BEGIN),
    Kind(
        "cases.confirm_release",
        "Entlassung bestätigen",
        Anchor.RELEASE,
        page="release_dates",
        short_list=True,
        step=_COURSE,
    ),
    Kind("cases.resume", "Ruhender Fall: weiter oder beenden", Anchor.FIXED, page="closing", step=_COURSE),
    Kind(
        "cases.hand_over_again",
        "Übergabe nicht angenommen: neu anbieten oder behalten",
        Anchor.FIXED,
        page="handover",
        step=_COURSE,
    ),
    Kind(
        "cases.after_transfer",
        "Verlegt: Übergabe anbieten oder aus der Ferne begleiten",
        Anchor.FIXED,
        page="handover",
        step=_COURSE,
    ),
    Kind(
        "cases.consent_withdrawn",
        "Widerruf: Stelle benachrichtigen, Unterlagen zurückbitten",
        Anchor.FIXED,
        page="consents",
        step=_COURSE,
    ),
    Kind(
        "cases.consent_expires",
        "Einwilligung läuft ab: erneuern oder auslaufen lassen",
        Anchor.FIXED,
        page="consents",
        step=_COURSE,
    ),
    Kind(
        "cases.renew_consents",
        "Nach der Entlassung: Einwilligungen neu unterschreiben lassen",
        Anchor.FIXED,
        page="consents",
        step=_COURSE,
    ),
    # A stated day: the end of aftercare moves with each day that its clock stood still.
    Kind("cases.close", "Fall abschließen", Anchor.FIXED, page="closing", step=_END),
    Kind(
        "cases.closing_report",
        "Abschlussbericht schreiben",
        Anchor.CLOSING,
        "closing_report_deadline",
        page="aftercare",
        step=_END,
    ),
    Kind(
        "cases.esf_exit",
        "Austritt aus der ESF-Förderung erfassen",
        Anchor.CLOSING,
        "esf_exit_deadline",
        step=_END,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
