"""Facts without names, indicators with their uncertainty. Filled by the nightly log-in, read by the evaluator's own.

Owns fact tables keyed by a random pseudonym. No dossier, no name, no way back.
"""
