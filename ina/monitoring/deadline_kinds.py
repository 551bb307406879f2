"""What each case is asked for after the release, and before it so that nothing is missing at the gate."""

from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.cases.enums import Step
from ina.monitoring.operations import APPLICATION, CRISIS, FIRST_CONTACT, FOLDER, OUTCOME, REPORT

KINDS = (
    Kind(
        "monitoring.minimum_standards",
        "Mindeststandards prüfen",
        Anchor.RELEASE,
        "minimum_standard_checks",
        before=True,
        page="standards",
        short_list=True,
        until_release=True,
        step=Step.MONITORING,
    ),
    Kind(
        FOLDER,
        "Entlassungsmappe prüfen",
        Anchor.RELEASE,
        "release_folder_checks",
        before=True,
        page="release_folder",
        short_list=True,
        until_release=True,
        step=Step.MONITORING,
    ),
    Kind(
        FIRST_CONTACT,
        "Erster Kontakt nach der Entlassung",
        Anchor.RELEASE,
        "first_contact_after_release",
        page="contacts",
        step=Step.MONITORING,
    ),
    Kind(CRISIS, "Drohender Abbruch: handeln oder nachfragen", Anchor.FIXED, page="crises", step=Step.MONITORING),
    Kind(APPLICATION, "Antrag: nachfragen oder nachreichen", Anchor.FIXED, page="applications", step=Step.MONITORING),
    Kind(OUTCOME, "Verbleib feststellen", Anchor.RELEASE, "outcome_checks", page="outcomes", step=Step.EVALUATION),
    Kind(
        REPORT,
        "Nachsorgebericht schreiben",
        Anchor.RELEASE,
        "aftercare_report_points",
        page="aftercare",
        step=Step.MONITORING,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
