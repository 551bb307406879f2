"""Organisations: carriers, prisons, agencies, Jobcenter, chambers, firms, providers, and who is competent for a place.

Owns one table of organisations with stable keys, the five B5 regions and the districts that an office covers. Holds no
data about participants and nothing about the people who work somewhere (those are ``accounts``).
"""
