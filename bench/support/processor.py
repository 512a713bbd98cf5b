"""Processor time of processes of this machine: what a figure costs, however busy the machine is."""

from __future__ import annotations

import os
from pathlib import Path


def cpu_of(pid: int) -> float:
    """Return the processor seconds that a process has used. Raises FileNotFoundError when it is not of this machine."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_of_tree(pid: int) -> float:
    """Return the processor seconds of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return cpu_of(pid) + sum(cpu_of_tree(int(child)) for child in children)
