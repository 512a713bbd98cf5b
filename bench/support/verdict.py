"""What a bench says when it ends: wrong is a failure always, slow only with `--strict`."""

from __future__ import annotations

from launcher.performance.kept import OVER_BUDGET


def verdict(*, right: bool, in_budget: bool = True) -> int:
    """Return the exit code: 0 right and quick, 1 wrong, `OVER_BUDGET` right and slow."""
    if not right:
        return 1
    return 0 if in_budget else OVER_BUDGET
