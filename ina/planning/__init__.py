"""The integration plan: goals and the steps towards them, in versions.

Owns plans, goals, steps. Does not own measures of partners (``network``) nor dates of release (``cases``).
"""
