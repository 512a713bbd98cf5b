"""Commands of the registers: load definitions, write entries, end them, let them be used."""

from vanlang.registers.services.codes import renew_key, seal_code, sealed_list
from vanlang.registers.services.entries import complete_entry, register_entry, revoke_entry
from vanlang.registers.services.exporting import write_workbook
from vanlang.registers.services.loading import LoadedRegisters, load_registers
from vanlang.registers.services.using import record_use

__all__ = [
    "LoadedRegisters",
    "complete_entry",
    "load_registers",
    "record_use",
    "register_entry",
    "renew_key",
    "revoke_entry",
    "seal_code",
    "sealed_list",
    "write_workbook",
]
