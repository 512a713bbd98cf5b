"""Load the definitions of the registers from `reference/registers/*.toml`. A changed definition is a new version; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from vanlang.registers.errors import SchemaBrokenError
from vanlang.registers.models import Register, RegisterSchema
from vanlang.registers.rules.schemas import DIALECT, problems_of


@dataclass(frozen=True, slots=True)
class LoadedRegisters:
    """What loading did."""

    total: int
    added: int
    """Versions of schemas that were not there before."""


@transaction.atomic
def load_registers(*, folder: Path, at: dt.datetime) -> LoadedRegisters:
    """Write every register of `folder` that is new or says something else than before; idempotent. Raises: SchemaBrokenError."""
    files = sorted(folder.glob("*.toml"))
    added = sum(_load(tomllib.loads(path.read_text(encoding="utf-8")), at) for path in files)
    return LoadedRegisters(len(files), added)


def _load(table: Mapping[str, Any], at: dt.datetime) -> bool:
    register, _ = Register.objects.update_or_create(
        code=table["code"],
        defaults={"name": table["name"], "paper": table["paper"], "readers": sorted(table["readers"])},
    )
    schema, keys = schema_of(table), tuple(table.get("key", ()))
    problems = problems_of(schema, keys)
    if problems:
        raise SchemaBrokenError(register=register.code, problem="; ".join(problems))
    last = RegisterSchema.objects.filter(register=register).order_by("-number").first()
    says = {"schema": schema, "key_fields": list(keys), "valid_months": table.get("valid_months")}
    if last is not None and {name: getattr(last, name) for name in says} == says:
        return False
    RegisterSchema(
        register=register, number=last.number + 1 if last else 1, source=table["source"], loaded_at=at, **says
    ).save(force_insert=True)
    return True


def schema_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a definition: each field in one line of TOML, required unless it says otherwise."""
    fields: Mapping[str, Mapping[str, Any]] = table["fields"]
    return {
        "$schema": DIALECT,
        "$id": f"https://vanlang.phutho.gov.vn/registers/{table['code']}",
        "title": table["name"],
        "type": "object",
        "properties": {name: _property(one) for name, one in fields.items()},
        "required": [name for name, one in fields.items() if not one.get("optional", False)],
        "additionalProperties": False,
        "x-order": list(fields),  # a JSON column keeps no order of its keys
    }


def _property(one: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in one.items() if name not in {"optional", "words"}}
    words = one.get("words")
    return {"type": "string", **rest, **({"enum": sorted(words), "x-words": dict(words)} if words else {})}
