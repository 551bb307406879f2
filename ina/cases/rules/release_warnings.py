"""What makes a day of release difficult, whoever named it. Sentences for the preview; none of them refuses. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ina.cases.enums import HypothesisKind as Kind
from ina.cases.rules.eligibility import age_on
from ina.cases.rules.release import COUNTED, DAY, DateClaim, excluded_because, remarks
from ina.reference.rules import YearlyWindow, holiday_name, is_working_day, next_working_day

FRIDAY = 4
FULL_AGE = 18  # § 2 BGB
# Working days in law on which offices are closed or close at noon.
EVES = {(12, 24): "Heiligabend", (12, 31): "Silvester"}


def warnings(
    on: date | None,
    claims: Iterable[DateClaim],
    *,
    turn_of_year: YearlyWindow,
    born_on: date | None,
    further_sentences: str = "",
) -> list[str]:
    """German sentences on ``on``, the day that would be planned for, with all claims as they would stand then.

    further_sentences: what the sheet of the prosecution says about more custody, empty when nothing.
    """
    claims = list(claims)
    said = remarks(claims)
    follows = any(claim.kind is Kind.FURTHER_CUSTODY and claim.status in COUNTED for claim in claims)
    if further_sentences and not follows:
        said.append(
            f"In der Vollstreckung steht: „{further_sentences}“. Bitte klären, ob sich weitere Haft anschließt: "
            "Dann ist dieser Tag keine Entlassung."
        )
    if on is None:
        return said
    said += _about_the_day(on, turn_of_year)
    if born_on and age_on(born_on, on) < FULL_AGE:
        said.append(
            "An diesem Tag ist die Person noch nicht volljährig: Gesetzliche Vertretung und Jugendamt gehören dazu."
        )
    return said


def _about_the_day(on: date, turn_of_year: YearlyWindow) -> list[str]:
    said = []
    if why := excluded_because(on, turn_of_year):
        said.append(
            f"Der {on:%d.%m.%Y} {why}. Die Anstalt kann früher entlassen: "
            "Welche Tage möglich sind, steht unter „Termine“."
        )
    opens = next_working_day(on)
    if eve := EVES.get((on.month, on.day)):
        said.append(f"{eve}: Ämter sind geschlossen oder nur bis mittags da, wieder ab {opens:%d.%m.%Y}.")
    elif holiday := holiday_name(on + DAY):
        said.append(f"Der Tag vor einem Feiertag ({holiday}): Das nächste Amt öffnet am {opens:%d.%m.%Y}.")
    elif is_working_day(on) and on.weekday() == FRIDAY:
        said.append(f"Ein Freitag: Nach 12 Uhr erreichen Sie kaum noch ein Amt, wieder ab {opens:%d.%m.%Y}.")
    elif not is_working_day(on):
        said.append(f"Kein Arbeitstag: Das nächste Amt öffnet am {opens:%d.%m.%Y}.")
    return said
