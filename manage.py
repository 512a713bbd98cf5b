#!/usr/bin/env python3
"""Django's commands, for those who know them. `./vanlang` is the friendly door."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["procrastinate"]:  # it serves: what breaks it is noted, not printed
        from vanlang.kernel.logs import note_what_escapes

        note_what_escapes()
    execute_from_command_line(sys.argv)
