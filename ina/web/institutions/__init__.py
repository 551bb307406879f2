"""Organisations: list, one of them, its upkeep, and which offices are competent for a future residence."""
