"""
Petitions of a synthetic province: planned purely (`rules/lives.py`), then written by the hundred.

`planning.py` draws who brings what to whom; `rows.py` says of each act once more what its command does, on rows that are
not stored yet, and stores them at the end. A test does the same petitions with the commands and compares (ADR 0023).
"""

from vanlang.petitions.services.generating.planning import Brought, Office, Soil, plan
from vanlang.petitions.services.generating.rows import TABLES, People, write_petitions

__all__ = ["TABLES", "Brought", "Office", "People", "Soil", "plan", "write_petitions"]
