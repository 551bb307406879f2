"""The declaration that every table about a person carries (law 12: declared before it is stored).

class Personal:
    compartment = Compartment.IDENTITY    # who may see it: one table, one compartment
    purpose = "…"                         # German, for the register of processing
    retention = "dossier"                 # which clock deletes it
    exported = True                       # part of what the person gets on asking (Art. 15 GDPR)
    columns = {"note": {"exported": False}}   # only where a column differs
"""

REQUIRED = ("compartment", "purpose", "retention", "exported")
RETENTION_CLASSES = {
    "dossier": "mit der Akte: fünf Jahre nach der letzten Entlassung (Jugendstrafe drei), § 42 JVollzDSG NRW",
    "proof": "Nachweis einer Einwilligung: mit der Akte, Widerruf löscht ihn nicht",
    "draft": "Arbeitsvorrat: sobald erledigt, spätestens nach 14 Tagen",
    "log": "24 Monate, § 35 Abs. 4 JVollzDSG NRW",
}


def declaration(model) -> dict:
    """The declaration of a table as a dict; raises AttributeError naming what is missing."""
    personal = model.Personal
    return {name: getattr(personal, name) for name in REQUIRED} | {"columns": getattr(personal, "columns", {})}
