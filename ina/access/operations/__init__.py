"""Every write of ``access``, by noun."""
