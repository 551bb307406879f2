"""Words that have no place in what others read: nothing about an offence, nothing about why. Pure."""

from __future__ import annotations

import re

LAW = re.compile(
    r"§§?\s*\d+\s*[a-z]?\b[^.;]*?\b(StGB|BtMG|KCanG|WaffG|AufenthG|JGG|StPO|StVG|AO)\b|\b(StGB|BtMG|KCanG|JGG|StPO)\b",
    re.IGNORECASE,
)
OFFENCES = re.compile(
    r"\b\w*(diebstahl|raub|betrug|betrüg|körperverletzung|vergewaltig|missbrauch|mißbrauch|totschlag|mord|mörder|tötung|"
    r"brandstift|erpress|hehler|unterschlag|nötigung|geldwäsch|dealer|drogenhandel|rauschgift|betäubungsmittel|"
    r"sexualdelikt|sexualstraf|gewalttat|gewaltdelikt|straftat|straftäter|delikt|verurteil|einbruch|urkundenfälsch|"
    r"bandenmäßig|stalking|nachstellung|kinderporn)\w*",
    re.IGNORECASE,
)


def names_offence(text: str) -> str:
    """A German sentence when the text names an offence or its paragraph, else nothing."""
    found = LAW.search(text) or OFFENCES.search(text)
    if found is None:
        return ""
    return (
        f"„{found.group().strip()}“ gehört nicht hierher. Bitte nur, was es für die Arbeit heißt, etwa "
        "„keine Arbeit mit Minderjährigen“. Straftaten stehen in INA nirgends."
    )
