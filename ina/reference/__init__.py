"""Dated facts that the law or the house sets: parameters, code lists and their names, holidays, districts, places.

Owns no data about people and no organisations (those are ``institutions``). Every fact has a period and a source;
a new one begins on a day, an old one is never overwritten.
"""
