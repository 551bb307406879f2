"""Writes of organisations."""

from ina.institutions.operations.merging import merge_institution, on_merge
from ina.institutions.operations.upkeep import (
    add_institution,
    change_institution,
    close_institution,
    end_region_service,
    serve_region,
    set_coverage,
    unverify_institution,
    verify_institution,
)

__all__ = [
    "add_institution",
    "change_institution",
    "close_institution",
    "end_region_service",
    "merge_institution",
    "on_merge",
    "serve_region",
    "set_coverage",
    "unverify_institution",
    "verify_institution",
]
