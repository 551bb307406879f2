"""Partners and what people are referred to them for.

Owns service referrals; the organisations themselves stand in ``institutions``.
"""
