"""Strengths, needs and the closeness to the labour market of a person: what was found, on which basis, by whom.

Owns profilings and their findings. Does not decide anything: a category is never a filter.
"""
