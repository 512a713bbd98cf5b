"""Which migrations a running version does not bear, and how to do the same safely. Pure: texts in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from typing_extensions import override

from vanlang.kernel.schema.statements import Effect, Work, effects_of, lightened

ADVICE = {
    "required_column": "The running version inserts rows without this column: give it db_default, or null=True.",
    "used_by_running": "The running version still names it: first release code that does not, then drop it with `unused_since`.",
    "index_locks": "Nobody can write while it is built: AddIndexConcurrently in a migration with atomic = False.",
    "unique_builds": "Build the unique index concurrently, then ADD CONSTRAINT … USING INDEX.",
    "rewrites": "The whole table is written under a lock that stops readers: a new column, filled in batches, then read instead.",
    "scans_locked": "Every row is read under a lock: ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in a later migration.",
    "bulk_rows": "One transaction over a big table: InBatches in a migration with atomic = False.",
    "python_unsaid": "What Python writes cannot be read from SQL: name its tables in `touches`, or use InBatches.",
    "lock_held": "A lock taken earlier in this transaction is held meanwhile: put this into a migration of its own.",
    "not_concurrent": "CONCURRENTLY cannot run in a transaction: atomic = False.",
    "unknown": "No row of schema/statements.py says what this does to a big table: add one, and prove it.",
}
"""What is found, and how to do it safely (docs/reference/migrations.md)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One migration, as the database will meet it."""

    name: str
    """ "dossiers.0017_reminders"."""
    statements: tuple[str, ...]
    atomic: bool = True
    python: tuple[str, ...] = ()
    """What its RunPython operations are called."""
    touches: tuple[str, ...] | None = None
    """The tables that its Python writes, where the migration says so."""
    batched: tuple[str, ...] = ()
    """The tables that it writes in batches, each committed."""
    unused_since: str = ""
    """The release whose code no longer names what is dropped here."""
    widened: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """Columns (table, column) whose new type holds the old one unchanged: a longer varchar."""
    reversible: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why a migration is refused."""

    code: str
    migration: str
    subject: str

    @override
    def __str__(self) -> str:
        return f"{self.migration}: {self.code} ({self.subject}). {ADVICE[self.code]}"


@dataclass(frozen=True, slots=True)
class Met:
    """An effect as it is met: on a table that was there before, with what was proved earlier taken into account."""

    effect: Effect
    statement: str


@dataclass
class Proofs:
    """What earlier migrations have proved: lets a later statement skip its scan, as PostgreSQL does."""

    unproved: dict[tuple[str, str], str] = field(default_factory=dict)
    """Checks `column IS NOT NULL` added but not yet validated: (table, constraint) → column."""
    not_null: set[tuple[str, str]] = field(default_factory=set)

    def learn(self, met: Met) -> None:
        effect = met.effect
        if effect.act == "add_check_unproved" and " IS NOT NULL" in met.statement:
            column = met.statement.partition(" IS NOT NULL")[0].rpartition("(")[2].strip(' "')
            self.unproved[effect.table, effect.detail] = column
        elif effect.act == "validate" and (effect.table, effect.detail) in self.unproved:
            self.not_null.add((effect.table, self.unproved[effect.table, effect.detail]))


def met_by(step: Step, proofs: Proofs) -> tuple[Met, ...]:
    """Return what the step does to tables that it did not make itself."""
    made: set[str] = set()
    found: list[Met] = []
    for statement in step.statements:
        for effect in effects_of(statement):
            if effect.act == "create_table":
                made.add(effect.table)
            elif effect.table not in made:
                met = Met(_as_it_is(effect, step, proofs), statement)
                proofs.learn(met)
                found.append(met)
    return tuple(found)


def _as_it_is(effect: Effect, step: Step, proofs: Proofs) -> Effect:
    place = (effect.table, effect.detail)
    proved = effect.act == "set_not_null" and place in proofs.not_null
    widened = effect.act == "change_type" and place in step.widened
    return lightened(effect) if proved or widened else effect


def find(step: Step, big: frozenset[str], proofs: Proofs | None = None) -> tuple[Finding, ...]:
    """Return why `step` may not run beside the old version, each reason once."""
    met = met_by(step, proofs if proofs is not None else Proofs())
    reasons = (
        found for rule in _RULES for found in rule(step, met, big)
    )  # each rule looks at the whole migration
    return tuple(dict.fromkeys(Finding(code, step.name, subject) for code, subject in reasons))


Reasons = Iterator[tuple[str, str]]


def _breaks_the_old_version(step: Step, met: tuple[Met, ...], big: frozenset[str]) -> Reasons:
    added = {
        (m.effect.table, m.effect.detail)
        for m in met
        if m.effect.act == "add_column" and " NOT NULL" in m.statement
    }
    for effect in (m.effect for m in met):
        place = (effect.table, effect.detail)
        if effect.act == "add_column_required" or (effect.act == "drop_default" and place in added):
            yield "required_column", ".".join(place)
        gone = effect.act in {"drop_column", "drop_table", "rename_column", "rename_table"}
        if gone and not (step.unused_since and effect.act.startswith("drop")):
            yield "used_by_running", ".".join(part for part in place if part)


_WORKS_UNDER_LOCK: tuple[tuple[str, Callable[[Effect], bool]], ...] = (
    ("unknown", lambda effect: effect.work is Work.UNKNOWN),
    ("index_locks", lambda effect: effect.act in {"create_index", "reindex"}),
    ("unique_builds", lambda effect: effect.work is Work.BUILD and effect.lock.stops_writers),
    ("rewrites", lambda effect: effect.work is Work.REWRITE),
    ("scans_locked", lambda effect: effect.work is Work.SCAN and effect.lock.stops_writers),
    ("bulk_rows", lambda effect: effect.work is Work.ROWS),
)


def _works_long_under_a_lock(step: Step, met: tuple[Met, ...], big: frozenset[str]) -> Reasons:
    for effect in (m.effect for m in met):
        if effect.table in big and effect.act != "add_column_required":
            reasons = (code for code, fits in _WORKS_UNDER_LOCK if fits(effect))
            yield from ((code, _said(effect)) for code in list(reasons)[:1])


def _holds_a_lock_while_it_works(step: Step, met: tuple[Met, ...], big: frozenset[str]) -> Reasons:
    held = ""
    for effect in (m.effect for m in met):
        bears_others = effect.work.grows and not effect.lock.stops_writers and effect.work is not Work.ROWS
        if held and step.atomic and effect.table in big and bears_others:
            yield "lock_held", f"{held}, while {_said(effect)}"
        if effect.table in big and effect.lock.stops_writers:
            held = held or f"{effect.table} {effect.lock.sql}"


def _hides_what_it_does(step: Step, met: tuple[Met, ...], big: frozenset[str]) -> Reasons:
    for name in step.python:
        if step.touches is None:
            yield "python_unsaid", name
        elif step.atomic:
            yield from (("bulk_rows", f"{name}: {table}") for table in sorted(big.intersection(step.touches)))
    if step.atomic:
        yield from (("bulk_rows", f"InBatches: {table}") for table in step.batched)
    for m in met:
        if m.effect.act == "unknown" and not m.effect.table:
            yield from (("unknown", f"{table}: {m.statement[:60]}") for table in _named(m.statement, big))


def _says_concurrently_in_a_transaction(step: Step, met: tuple[Met, ...], big: frozenset[str]) -> Reasons:
    for m in met:
        if step.atomic and " CONCURRENTLY " in m.statement.upper():
            yield "not_concurrent", _said(m.effect)


_RULES = (
    _breaks_the_old_version,
    _works_long_under_a_lock,
    _holds_a_lock_while_it_works,
    _hides_what_it_does,
    _says_concurrently_in_a_transaction,
)


def _said(effect: Effect) -> str:
    return f"{effect.table}: {effect.act} {effect.detail}".strip()


def _named(statement: str, tables: Iterable[str]) -> list[str]:
    words = set(
        statement.replace('"', " ")
        .replace("(", " ")
        .replace(")", " ")
        .replace(";", " ")
        .replace(",", " ")
        .split()
    )
    return sorted(words.intersection(tables))
