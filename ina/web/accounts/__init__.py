"""Logging in and out, invitations, the own account, administration of accounts."""
