"""People who log in: users, their positions (memberships) and teams, deputies, invitations, factors, sessions.

Read before anybody is known, so there is no wall on these tables and **no personal data of participants** in them.
What a person may see is not decided here but by the grants in ``access``.
"""
