"""Two forms with everything in them: conditions, limits, a chain of who acts for whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vanlang.eforms.rules.definitions import parse_definition
from vanlang.eforms.types import FormDefinition

FOLDER = Path(__file__).parent


def sample(name: str) -> FormDefinition:
    """Return one of the forms of this folder."""
    told: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    definition = parse_definition(told)
    assert isinstance(definition, FormDefinition), definition
    return definition
