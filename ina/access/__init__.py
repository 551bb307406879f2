"""Who may see what of whom: dossiers, holders, grants, consents, emergency access, conflicts of interest, the wall.

A grant is who may see now (effect); a consent is what the person allowed (evidence). Owns ``visible_to``,
``acting_as`` and ``wall(table, bit)``. Does not know what the tables behind the wall contain.
"""
