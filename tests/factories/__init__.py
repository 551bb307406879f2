"""Whole cases in any state, made through the real operations as a case manager would."""
