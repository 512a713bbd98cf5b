"""Questions to the registers: definitions, entries of an agency, entries of a holder, what may be said in public."""

from vanlang.registers.queries.codes import answer_code, published_keys
from vanlang.registers.queries.definitions import find_register, get_register, list_registers
from vanlang.registers.queries.entries import (
    access_register,
    count_entries,
    current_edition,
    entry_for_update,
    export_entries,
    get_entry_page,
    search_entries,
)
from vanlang.registers.queries.holding import find_held, get_uses_of, list_held, list_masked, list_uses
from vanlang.registers.queries.public import find_standing, find_standing_of_dossier, list_ended

__all__ = [
    "access_register",
    "answer_code",
    "count_entries",
    "current_edition",
    "entry_for_update",
    "export_entries",
    "find_held",
    "find_register",
    "find_standing",
    "find_standing_of_dossier",
    "get_entry_page",
    "get_register",
    "get_uses_of",
    "list_ended",
    "list_held",
    "list_masked",
    "list_registers",
    "list_uses",
    "published_keys",
    "search_entries",
]
