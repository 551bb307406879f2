"""Fixtures for tests in a real browser. Filled below the walls: see the module's functions."""
