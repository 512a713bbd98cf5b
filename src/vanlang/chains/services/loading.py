"""Load the definitions of chains: read, check everything, keep editions."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from vanlang.chains.errors import PlanRefusedError
from vanlang.chains.models import PlanRow
from vanlang.chains.rules.definitions import plan_of
from vanlang.chains.types import Plan
from vanlang.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading did."""

    total: int
    fresh: int


def load_plans(folder: Path, *, on: dt.date) -> LoadReport:
    """
    Keep every definition of `folder` that is new or has changed as a new edition from `on`; idempotent.

    Raises: PlanRefusedError for the first file that cannot stand, with all its reasons; nothing is kept then.
    """
    with transaction.atomic():
        kept = [
            keep_plan(path.read_text(encoding="utf-8"), on=on, file=path.name)
            for path in sorted(folder.glob("*.toml"))
        ]
    return LoadReport(len(kept), sum(kept))


def keep_plan(text: str, *, on: dt.date, file: str = "") -> bool:
    """
    Keep one definition; return whether it is a new edition.

    Raises: PlanRefusedError.
    """
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanRefusedError(
            (Refusal("chains.not_readable", {"problem": str(error)}),), file=file
        ) from None
    plan = plan_of(content)
    if not isinstance(plan, Plan):
        raise PlanRefusedError(plan, file=file)
    last = PlanRow.objects.select_for_update().filter(code=plan.code).order_by("-number").first()
    if last is not None and last.content == content:
        return False
    if last is not None:
        last.valid_to = max(on, last.valid_from)
        last.save(update_fields=["valid_to"])
    PlanRow(
        code=plan.code,
        number=last.number + 1 if last else 1,
        content=content,
        valid_from=on,
    ).save(force_insert=True)
    return True
