"""The free letter: written by hand, set after DIN 5008."""

from __future__ import annotations

import re

from ina.access.enums import Compartment
from ina.accounts.queries import display_names
from ina.base.actor import Person
from ina.base.errors import Invalid, Refused
from ina.documents.kinds import DocumentKind, Paper, PaperRequest
from ina.institutions.queries import institution_by_id

# What the page asks for. A letter is addressed, has a subject and says something.
OPTIONS = ("recipient", "subject", "salutation", "body", "closing", "enclosures")
LENGTHS = {"recipient": 500, "subject": 200, "salutation": 200, "body": 20_000, "closing": 200, "enclosures": 1_000}


def build_letter(asked: PaperRequest) -> Paper:
    """The letter of an office, signed by whoever wrote it. Raises Invalid for what is missing or too long."""
    said = {name: asked.options.get(name, "").strip() for name in OPTIONS}
    for name, most in LENGTHS.items():
        if len(said[name]) > most:
            raise Invalid(f"Hier ist Platz für {most} Zeichen.", field=name)
    for name, sentence in (
        ("recipient", "An wen geht der Brief? Name und Anschrift, jede Zeile für sich."),
        ("subject", "Der Brief braucht einen Betreff."),
        ("body", "Der Brief braucht einen Text."),
    ):
        if not said[name]:
            raise Invalid(sentence, field=name)
    address = _lines(said["recipient"])
    if len(address) > 6:
        raise Invalid("In das Anschriftfeld passen sechs Zeilen.", field="recipient")
    return Paper(
        title=said["subject"],
        file_name=f"Brief_{_name_part(address[0])}",
        data={
            **_sender(asked),
            "title": said["subject"],
            "on": asked.today.isoformat(),
            "address": address,
            "subject": said["subject"],
            "salutation": said["salutation"] or "Guten Tag,",
            "paragraphs": [part.strip() for part in re.split(r"\r?\n\s*\r?\n", said["body"])],
            "closing": said["closing"] or "Mit freundlichen Grüßen",
            "enclosures": _lines(said["enclosures"]),
            "draft": asked.options.get("draft") == "ja",
        },
    )


def _sender(asked: PaperRequest) -> dict[str, object]:
    if not isinstance(asked.actor, Person):
        raise Refused("Einen Brief schreibt ein Mensch.")
    house = institution_by_id(asked.actor.institution_id)
    writer = display_names([asked.actor.id])[asked.actor.id]
    place = f"{house.postcode} {house.town}".strip()
    information = [("Es schreibt", writer), ("Telefon", house.phone), ("E-Mail", house.email)]
    return {
        "office": house.neutral_name or house.name,
        "sender": " · ".join(filter(None, (house.neutral_name or house.name, house.street, place))),
        "foot": " · ".join(filter(None, (house.neutral_name or house.name, house.phone))),
        "author": writer,
        "signed": writer,
        "information": [[name, value] for name, value in (*information, ("Datum", f"{asked.today:%d.%m.%Y}")) if value],
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _name_part(text: str) -> str:
    return re.sub(r"\W+", "_", text).strip("_")[:40] or "ohne_Namen"


LETTER = DocumentKind(
    key="documents.letter",
    label="Brief",
    template="documents/papers/letter.typ",
    compartments=Compartment.CASE | Compartment.IDENTITY,
    build=build_letter,
    many=True,
    said="frei geschrieben, nach DIN 5008",
)
