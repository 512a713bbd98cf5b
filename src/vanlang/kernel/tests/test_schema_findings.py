"""Each unsafe sort of migration is found, and the safe way to do the same passes: one table, a pair a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.schema import sql
from vanlang.kernel.schema.findings import ADVICE, Proofs, Step, find
from vanlang.kernel.schema.statements import Lock, Work, effects_of

BIG = frozenset({"dossiers_seat", "audit_record"})


def codes(*statements: str, **said: object) -> set[str]:
    step = Step(name="dossiers.0099_example", statements=statements, **said)  # type: ignore[arg-type] # the words of a case
    return {finding.code for finding in find(step, BIG)}


PAIRS = {
    "required_column": (
        ('ALTER TABLE "dossiers_seat" ADD COLUMN "sector" text DEFAULT \'\' NOT NULL',
         'ALTER TABLE "dossiers_seat" ALTER COLUMN "sector" DROP DEFAULT'),
        ('ALTER TABLE "dossiers_seat" ADD COLUMN "sector" text DEFAULT \'\' NOT NULL',),
    ),
    "used_by_running": (
        ('ALTER TABLE "identity_unit" RENAME COLUMN "name" TO "title"',),
        ('ALTER TABLE "identity_unit" ADD COLUMN "title" text NULL',),
    ),
    "index_locks": (
        ('CREATE INDEX "seat_by_sector" ON "dossiers_seat" ("sector")',),
        ('CREATE INDEX CONCURRENTLY "seat_by_sector" ON "dossiers_seat" ("sector")',),
    ),
    "unique_builds": (
        ('ALTER TABLE "dossiers_seat" ADD CONSTRAINT "once" UNIQUE ("code")',),
        ('ALTER TABLE "dossiers_seat" ADD CONSTRAINT "once" UNIQUE USING INDEX "seat_code"',),
    ),
    "rewrites": (
        ('ALTER TABLE "dossiers_seat" ALTER COLUMN "holder_id" TYPE bigint USING "holder_id"::bigint',),
        ('ALTER TABLE "dossiers_seat" ADD COLUMN "holder_key" bigint NULL',),
    ),
    "scans_locked": (
        ('ALTER TABLE "dossiers_seat" ADD CONSTRAINT "known" CHECK (("state" IN (\'a\', \'b\')))',),
        ('ALTER TABLE "dossiers_seat" ADD CONSTRAINT "known" CHECK (("state" IN (\'a\', \'b\'))) NOT VALID',),
    ),
    "bulk_rows": (
        ('UPDATE "dossiers_seat" SET sector = \'\' WHERE sector IS NULL',),
        ('UPDATE "identity_unit" SET sector = \'\' WHERE sector IS NULL',),
    ),
    "lock_held": (
        ('ALTER TABLE "dossiers_seat" ADD CONSTRAINT "known" CHECK ("a" > 0) NOT VALID',
         'ALTER TABLE "dossiers_seat" VALIDATE CONSTRAINT "known"'),
        ('ALTER TABLE "dossiers_seat" VALIDATE CONSTRAINT "known"',),
    ),
    "unknown": (
        ("DO $$ BEGIN PERFORM 1; END $$; ALTER SOMETHING dossiers_seat",),
        ("CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE dossiers_seat; END $$",),
    ),
}  # fmt: skip
"""What is unsafe, and beside it what does the same and is not."""


@pytest.mark.parametrize("code", PAIRS)
def test_what_is_unsafe_is_found_and_its_safe_form_passes(code: str) -> None:
    unsafe, safe = PAIRS[code]
    assert code in codes(*unsafe)
    assert codes(*safe, atomic=not any("CONCURRENTLY" in statement for statement in safe)) == set()


def test_concurrently_needs_a_migration_without_transaction() -> None:
    statement = PAIRS["index_locks"][1][0]
    assert codes(statement) == {"not_concurrent"}
    assert codes(statement, atomic=False) == set()


def test_python_says_what_it_writes() -> None:
    assert codes(python=("Raw Python operation",)) == {"python_unsaid"}
    assert codes(python=("Raw Python operation",), touches=("dossiers_seat",)) == {"bulk_rows"}
    assert codes(python=("Raw Python operation",), touches=("identity_unit",)) == set()
    assert codes(batched=("dossiers_seat",)) == {"bulk_rows"}
    assert codes(batched=("dossiers_seat",), atomic=False) == set()


def test_every_advice_has_its_case() -> None:
    assert set(ADVICE) == {*PAIRS, "not_concurrent", "python_unsaid"}


@pytest.mark.parametrize(
    "statement", ['ALTER TABLE "identity_unit" DROP COLUMN "fax"', 'DROP TABLE "identity_fax" CASCADE']
)
def test_what_no_release_names_any_more_is_dropped(statement: str) -> None:
    assert codes(statement) == {"used_by_running"}
    assert codes(statement, unused_since="1.2.0") == set()


def test_renaming_is_never_excused() -> None:
    assert codes('ALTER TABLE "a" RENAME TO "b"', unused_since="1.2.0") == {"used_by_running"}


def test_a_table_of_the_same_migration_is_empty() -> None:
    made = 'CREATE TABLE "dossiers_seat" ("id" bigint NOT NULL PRIMARY KEY, "sector" text NOT NULL)'
    assert (
        codes(
            made,
            *(
                statement
                for unsafe, _ in PAIRS.values()
                for statement in unsafe
                if "DO $$" not in statement and "unit" not in statement
            ),
        )
        == set()
    )


def test_a_new_table_that_refers_to_a_big_one_locks_it_for_a_moment() -> None:
    statement = 'ALTER TABLE "dossiers_reminder" ADD CONSTRAINT "c" FOREIGN KEY ("seat_id") REFERENCES "dossiers_seat" ("id")'
    assert codes('CREATE TABLE "dossiers_reminder" ("id" bigint)', statement) == set()
    assert [(e.table, e.lock) for e in effects_of(statement)][1] == (
        "dossiers_seat",
        Lock.SHARE_ROW_EXCLUSIVE,
    )


def test_not_null_is_free_once_a_check_has_proved_it() -> None:
    proofs = Proofs()
    final = Step("a.0003", ('ALTER TABLE "dossiers_seat" ALTER COLUMN "sector" SET NOT NULL',))
    assert [finding.code for finding in find(final, BIG, Proofs())] == ["scans_locked"]
    for number, statement in enumerate((
        'ALTER TABLE "dossiers_seat" ADD CONSTRAINT "filled" CHECK ("sector" IS NOT NULL) NOT VALID',
        'ALTER TABLE "dossiers_seat" VALIDATE CONSTRAINT "filled"',
    )):  # fmt: skip
        assert find(Step(f"a.000{number}", (statement,)), BIG, proofs) == ()
    assert find(final, BIG, proofs) == ()


def test_a_longer_varchar_changes_nothing_but_the_catalogue() -> None:
    statement = 'ALTER TABLE "dossiers_seat" ALTER COLUMN "code" TYPE varchar(40)'
    assert codes(statement) == {"rewrites"}
    assert codes(statement, widened=frozenset({("dossiers_seat", "code")})) == set()


@pytest.mark.parametrize(
    ("default", "work"),
    [
        ("0", Work.CATALOGUE),
        ("'now()'", Work.CATALOGUE),
        ("(STATEMENT_TIMESTAMP())", Work.CATALOGUE),
        ("'{}'::jsonb", Work.CATALOGUE),
        ("gen_random_uuid()", Work.REWRITE),
        ("(clock_timestamp())", Work.REWRITE),
    ],
)
def test_a_default_that_may_differ_from_row_to_row_writes_every_row(default: str, work: Work) -> None:
    (effect,) = effects_of(f'ALTER TABLE "dossiers_seat" ADD COLUMN "x" text DEFAULT {default}')
    assert effect.work is work


WORDS = st.text(alphabet="abz;$-'\"/*(,) \n", max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_what_is_quoted_is_never_cut(words: list[str]) -> None:
    quoted = [
        f"""SELECT '{word.replace("'", "''")}', $x${word}$x$ -- {word.splitlines()[0] if word.strip() else ""}"""
        for word in words
    ]
    assert len(sql.statements("\n;\n".join(quoted))) == len(words)
