"""Measures goals and floors together, in one run: ``script/bench``. Figures of different runs are not comparable."""
