"""What each case is asked for after the release, and before it so that nothing is missing at the gate."""

from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.monitoring.operations import FIRST_CONTACT, OUTCOME

KINDS = (
    Kind(
        "monitoring.minimum_standards",
        "Mindeststandards prüfen",
        Anchor.RELEASE,
        "minimum_standard_checks",
        before=True,
        short_list=True,
        until_release=True,
    ),
    Kind(
        "monitoring.release_folder",
        "Entlassungsmappe prüfen",
        Anchor.RELEASE,
        "release_folder_checks",
        before=True,
        short_list=True,
        until_release=True,
    ),
    Kind(
        FIRST_CONTACT,
        "Erster Kontakt nach der Entlassung",
        Anchor.RELEASE,
        "first_contact_after_release",
        page="contacts",
    ),
    Kind(OUTCOME, "Verbleib feststellen", Anchor.RELEASE, "outcome_checks", page="outcomes"),
    Kind("monitoring.aftercare_report", "Nachsorgebericht schreiben", Anchor.RELEASE, "aftercare_report_points"),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
