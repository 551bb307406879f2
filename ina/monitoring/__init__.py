"""What happens along the way and after release: contacts, and where somebody stands in work at fixed points.

Owns contacts and outcome statuses.
"""
