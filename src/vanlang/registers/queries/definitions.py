from __future__ import annotations

from functools import lru_cache

from vanlang.registers.errors import UnknownRegisterError
from vanlang.registers.models import Register, RegisterSchema
from vanlang.registers.rules.schemas import fields_of
from vanlang.registers.types import RegisterCard


def list_registers() -> tuple[RegisterCard, ...]:
    """Return every register, by name."""
    return tuple(_card(schema) for schema in sorted(_current(), key=lambda schema: schema.register.name))


def find_register(code: str) -> RegisterCard | None:
    """Return a register, or None."""
    return next((_card(schema) for schema in _current(code)), None)


def get_register(code: str) -> RegisterCard:
    """Return a register. Raises: UnknownRegisterError."""
    card = find_register(code)
    if card is None:
        raise UnknownRegisterError(register=code)
    return card


def register_of_schema(schema_id: int) -> RegisterCard:
    """Return a register as one version of its schema has it: what an entry of that version is read with."""
    return _cached(schema_id)


def _current(code: str = "") -> list[RegisterSchema]:
    rows = RegisterSchema.objects.select_related("register").order_by("register_id", "-number")
    rows = rows.filter(register__code=code) if code else rows
    return list(rows.distinct("register_id"))


@lru_cache(maxsize=256)
def _cached(schema_id: int) -> RegisterCard:
    """A schema never changes, so its card is kept for as long as the process lives."""
    return _card(RegisterSchema.objects.select_related("register").get(pk=schema_id))


def _card(row: RegisterSchema) -> RegisterCard:
    register: Register = row.register
    return RegisterCard(
        id=register.pk,
        code=register.code,
        name=register.name,
        paper=register.paper,
        readers=frozenset(register.readers),
        schema_id=row.pk,
        schema_number=row.number,
        schema=row.schema,
        fields=fields_of(row.schema),
        key_fields=tuple(row.key_fields),
        valid_months=row.valid_months,
    )
