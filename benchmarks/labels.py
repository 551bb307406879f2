"""How readers and numbers are called in tables."""

CASES = ("manager", "lead", "social")
SITE_WIDE = ("lead", "social")
LABELS = {
    "manager": "Fallführung (50)",
    "lead": "Teamleitung (25.000)",
    "social": "Sozialdienst (25.000)",
    "writer": "Fallführung, die einträgt",
    "admin": "Systemverwaltung",
    "officer": "Datenschutz",
}


def number(value: int) -> str:
    """With points between thousands."""
    return f"{value:,}".replace(",", ".")
