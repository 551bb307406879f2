"""Calculations and conditions of profiling. Pure."""

from ina.profiling.rules.entries import misfit, profiled_before_release

__all__ = ["misfit", "profiled_before_release"]
