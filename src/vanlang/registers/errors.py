from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class UnknownRegisterError(NotFound):
    code = "registers.unknown_register"


class UnknownEntryError(NotFound):
    code = "registers.unknown_entry"


class MayNotReadError(NotAllowed):
    code = "registers.may_not_read"


class SchemaBrokenError(Invalid):
    """A register's definition that cannot be one. Facts: register, problem."""

    code = "registers.schema_broken"


class FactsInvalidError(Invalid):
    """Facts that the register's schema does not take. Facts: register, fields."""

    code = "registers.facts_invalid"


class EntryEndedError(Conflict):
    code = "registers.entry_ended"


class EntryUnusableError(Conflict):
    """An entry that cannot be handed in. The code says why."""

    code = "registers.not_usable"


class CodeUnreadableError(Invalid):
    """A verification code that is none of ours, or was changed."""

    code = "registers.code_unreadable"
