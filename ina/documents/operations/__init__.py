"""Every write of documents."""

from ina.documents.operations.dispatches import (
    drop_dispatch,
    hand_over_dispatch,
    prepare_dispatch,
    print_dispatch,
    return_dispatch,
)
from ina.documents.operations.keeping import keep_paper, keep_upload, void_document
from ina.documents.operations.signatures import record_signature

__all__ = [
    "drop_dispatch",
    "hand_over_dispatch",
    "keep_paper",
    "keep_upload",
    "prepare_dispatch",
    "print_dispatch",
    "record_signature",
    "return_dispatch",
    "void_document",
]
