"""Dated items of a case, of any kind: task, deadline, review.

Owns the days on which a case hangs (``Timing``), the items with their offset, who is asked, what was put off and why,
re-dating and its preview, and the reminders of the night. Does not own what an item is about: modules above register
kinds (``kinds``), say when an anchor has a day and settle items (``operations.course``), and hear of changes
(``changed``).
"""
