"""What this house says about its database: which tables are big, and what was there before the first release."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration

from vanlang.kernel.schema.findings import Finding, Proofs, find
from vanlang.kernel.schema.reading import steps


@dataclass(frozen=True, slots=True)
class House:
    """config/schema.toml, read."""

    big: frozenset[str]
    before_first_release: dict[str, str]
    """The last migration of each app that no province's database has met while a version was running."""

    def is_old(self, migration: Migration) -> bool:
        """Return whether it is from before the first release: numbers of migrations grow."""
        return migration.name <= self.before_first_release.get(migration.app_label, "")


def house() -> House:
    """Return what config/schema.toml says."""
    told = tomllib.loads((settings.VANLANG_ROOT / "config" / "schema.toml").read_text(encoding="utf-8"))
    return House(
        big=frozenset(table for tables in told["big"].values() for table in tables),
        before_first_release=told["before_first_release"],
    )


def is_ours(migration: Migration) -> bool:
    """Return whether an app of the house wrote it: a library's migrations are judged before they are taken, not here."""
    return apps.get_app_config(migration.app_label).name.startswith("vanlang.")


def check(connection: BaseDatabaseWrapper) -> list[Finding]:
    """Return every reason why a migration of ours, written since the first release, may not run beside the old version."""
    told, proofs = house(), Proofs()
    return [
        finding
        for step in steps(connection, lambda migration: is_ours(migration) and not told.is_old(migration))
        for finding in find(step, told.big, proofs)
    ]
