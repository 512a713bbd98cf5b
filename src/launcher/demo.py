"""`./vanlang demo`: the whole life of two dossiers over HTTP, as a browser would."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    print("Chưa có cổng và bàn làm việc để đi qua.", file=sys.stderr)
    return 1
