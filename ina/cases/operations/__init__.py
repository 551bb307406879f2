"""Every write of ``cases``, by noun."""
