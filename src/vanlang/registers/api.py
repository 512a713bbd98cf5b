"""
Registers of results as data: who was born, married, allowed to trade, proved by which document, from when until when.

A *register* has a schema (JSON Schema 2020-12, versioned, never changed) and *entries*. An entry is what a released result says:
its holder, its facts, the document that proves it with its hash, and its periods. What may be said of it on a day (valid, replaced,
revoked, expired) is computed from half-open periods, so the answer for last March stays what it was. Nothing is overwritten: facts
are completed by a new edition, a corrected result is a new entry that replaces the old one, and the database refuses the rest.

Which register a procedure changes, and where each fact comes from, is data of the catalogue (`mapping`); `dossiers` writes the entry in
the transaction in which it releases the outcome. Holders hand an entry in by reference instead of a paper (`list_held`, `record_use`):
the consent and the read are kept. An officer before whom the holder stands sees that there is one (`list_masked`), and what it says
only once the holder consented. Officers search their own agency's entries, masked, and open one for a purpose.

    entry_id = register_entry(register_code="birth", agency_id=…, holder=…, proof=…, facts=…, actor=…, at=…)
    page = get_entry_page(entry_id, actor=…, purpose="Đối chiếu khi cấp bản sao trích lục", at=…)
    standing = find_standing(token, on=today)       what anybody may know who holds the document

A *verification code* says agency, number, day, term and hash of a result, signed: a QR code that is checked without a network
(`seal_code`, `answer_code`, docs/reference/verification-code.md). The keys and a signed list of what ended early are published.
"""

from vanlang.registers.errors import (
    CodeUnreadableError,
    EntryEndedError,
    EntryUnusableError,
    FactsInvalidError,
    MayNotReadError,
    SchemaBrokenError,
    UnknownEntryError,
    UnknownRegisterError,
)
from vanlang.registers.labels import CHANGES, GRADES, STATES
from vanlang.registers.queries import (
    access_register,
    answer_code,
    count_entries,
    export_entries,
    find_held,
    find_register,
    find_standing,
    find_standing_of_dossier,
    get_entry_page,
    get_register,
    get_uses_of,
    list_ended,
    list_held,
    list_masked,
    list_registers,
    list_uses,
    published_keys,
    search_entries,
)
from vanlang.registers.rules import mapping
from vanlang.registers.rules.masking import initials
from vanlang.registers.services import (
    complete_entry,
    load_registers,
    record_use,
    register_entry,
    renew_key,
    revoke_entry,
    seal_code,
    sealed_list,
    write_workbook,
)
from vanlang.registers.types import (
    CodeAnswer,
    CodeStatement,
    EntryLine,
    EntryPage,
    EntryState,
    Grade,
    HeldEntry,
    Holder,
    MaskedEntry,
    Proof,
    RegisterCard,
    Standing,
    UseCard,
)

__all__ = [
    "CHANGES",
    "GRADES",
    "STATES",
    "CodeAnswer",
    "CodeStatement",
    "CodeUnreadableError",
    "EntryEndedError",
    "EntryLine",
    "EntryPage",
    "EntryState",
    "EntryUnusableError",
    "FactsInvalidError",
    "Grade",
    "HeldEntry",
    "Holder",
    "MaskedEntry",
    "MayNotReadError",
    "Proof",
    "RegisterCard",
    "SchemaBrokenError",
    "Standing",
    "UnknownEntryError",
    "UnknownRegisterError",
    "UseCard",
    "access_register",
    "answer_code",
    "complete_entry",
    "count_entries",
    "export_entries",
    "find_held",
    "find_register",
    "find_standing",
    "find_standing_of_dossier",
    "get_entry_page",
    "get_register",
    "get_uses_of",
    "initials",
    "list_ended",
    "list_held",
    "list_masked",
    "list_registers",
    "list_uses",
    "load_registers",
    "mapping",
    "published_keys",
    "record_use",
    "register_entry",
    "renew_key",
    "revoke_entry",
    "seal_code",
    "sealed_list",
    "search_entries",
    "write_workbook",
]
