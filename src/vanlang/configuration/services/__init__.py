from vanlang.configuration.services.deciding import (
    apply_import,
    undo_batch,
    undo_import,
    withdraw_import,
    write_batch,
)
from vanlang.configuration.services.proposing import export, propose_import

__all__ = [
    "apply_import",
    "export",
    "propose_import",
    "undo_batch",
    "undo_import",
    "withdraw_import",
    "write_batch",
]
