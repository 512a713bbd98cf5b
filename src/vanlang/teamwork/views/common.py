"""What the pages of teamwork share."""

from __future__ import annotations

from vanlang.identity.api import Role

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
"""Roles that have dossiers."""
