"""The person and their episodes: participants, cases and their dated acts, custody, release dates, responsibility.

Owns the lifecycle from referral to closing and the list row per case (``Worklist``). Does not own what the steps
contain (profiling, plan, network, contacts): those modules register their part in ``steps`` and ``timeline``.
"""
