"""
Dossiers of a synthetic province: planned one by one as lives, written all at once.

`planning.py` turns a number into a `Life` (pure but for the calendar it is given); `rows.py` turns a table of lives into
rows of this app, one statement for each table. The statements are the second way into these tables beside the commands,
so `tests/test_generating.py` does the same lives with the commands and compares the rows.
"""

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lives.roads import Slot
from vanlang.dossiers.services.generating.offers import Offer, offers_of
from vanlang.dossiers.services.generating.planning import Ground, Life, Place, plan
from vanlang.dossiers.services.generating.rows import (
    PAYERS,
    TABLES,
    Courses,
    courses_of,
    lines_of,
    write_lives,
)

__all__ = [
    "PAYERS",
    "TABLES",
    "Act",
    "Courses",
    "Ground",
    "Life",
    "Offer",
    "Place",
    "Slot",
    "courses_of",
    "lines_of",
    "offers_of",
    "plan",
    "write_lives",
]
