from vanlang.cutover.services.running import (
    add_system,
    differences_workbook,
    need_province,
    read_export,
    set_wording,
    take_over,
    take_over_batch,
    wording_workbook,
)

__all__ = [
    "add_system",
    "differences_workbook",
    "need_province",
    "read_export",
    "set_wording",
    "take_over",
    "take_over_batch",
    "wording_workbook",
]
