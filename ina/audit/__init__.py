"""Who did what, who saw what: an append-only trail (ids only, dies after 24 months) and the history of changed rows.

Owns ``entry`` (operations, file openings, searches, exports) and ``history`` (old rows, written by trigger). Knows no
other module: subjects are ids without foreign keys.
"""
