"""Every write of ``accounts``, by noun. Passwords and factors that a person changes alone are written by allauth."""
