"""Dated values, code lists and public holidays: everybody reads them, the system's administration extends them."""
