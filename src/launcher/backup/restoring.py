"""
Put a backup back: everything is made ready beside what is there, proved, and only then changes places with it.

The exchange is a journal of renames. Until the journal is written nothing of the old state was touched, and a failure
leaves it as it was; once it is written, whoever starts next carries it to its end (`finish_pending`). So there is the old
state or the whole new one, never half. What was there before is kept aside until a person lets it go.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from launcher.backup import contents, household, loading
from launcher.backup.cluster import Cluster
from launcher.backup.copies import started_copy
from launcher.backup.errors import BackupError, DamagedError, RefusedError
from launcher.backup.facts import count_rows, list_contents
from launcher.backup.keys import Key, keep_key, key_file
from launcher.backup.places import Place, now, stamp
from launcher.backup.repository import Repository, Run
from launcher.backup.sealing import unseal, unsealed

JOURNAL = "restore.json"
ASIDE = "before"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, in figures."""

    name: str
    rows: int
    files: int
    missing: int
    """Contents that were missing when the backup was made."""
    aside: tuple[str, ...]
    """What was there before, under its new name."""


def restore(
    place: Place, repository: Repository, run: Run, key: Key, *, replace: bool, quiet: bool = False
) -> Restored:
    """
    Put a backup back.

    Raises: RefusedError when the target holds something (unless `replace`), is in use, or cannot take it; DamagedError;
    BackupError. After any of them the target is as it was.
    """
    finish_pending(place)
    manifest = run.manifest(key)
    _refuse_target(place, manifest, replace=replace)
    mark = stamp(now())
    ready = _Ready(
        state=place.state / f".restoring-{mark}",
        store=place.store.with_name(f"{place.store.name}.restoring-{mark}"),
        database=f"{Cluster(place.url).name}_restoring_{mark}",
    )
    try:
        listed = _make_ready(place, repository, run, key, manifest, ready, quiet=quiet)
        steps = _steps(place, ready, mark)
        _write_journal(place, steps)
    except BaseException as error:
        _clear(place, ready)
        if isinstance(error, OSError):
            raise BackupError(
                f"Không ghi được dữ liệu khôi phục: {error.strerror or error}.",
                "Dữ liệu đang dùng vẫn như trước. Hãy giải phóng dung lượng đĩa rồi chạy lại.",
            ) from error
        raise
    aside = tuple(_aside_of(place, steps))
    finish_pending(place)
    with suppress(FileExistsError):
        keep_key(place.state, key)
    return Restored(
        name=run.name,
        rows=sum(manifest["tables"].values()),
        files=listed,
        missing=len(manifest["missing"]),
        aside=aside,
    )


@dataclass(frozen=True, slots=True)
class _Ready:
    """Where the new state is made ready."""

    state: Path
    store: Path
    database: str


def _make_ready(
    place: Place, repository: Repository, run: Run, key: Key, manifest: dict[str, Any], ready: _Ready, *, quiet: bool
) -> int:  # fmt: skip
    """Write the whole new state beside the old one and prove it; return how many contents it has."""
    secrets = household.unpacked(_part(run, key, "household"), ready.state)
    refuse_contradictions(secrets)
    listed = run.contents(key)
    ready.store.mkdir(parents=True, mode=0o700)
    contents.put_back(listed, repository, key, ready.store, quiet=quiet)
    pieces = pieces_of(run, key)
    with started_copy(
        pieces, major=manifest["major"], database=manifest["database"], scratch=place.scratch
    ) as copy:
        with Cluster(copy).connect() as connection:
            prove_counts(connection, manifest)
            missing = list_contents(connection).keys() - listed.keys() - set(manifest["missing"])
            if missing:
                raise DamagedError("contents", f"thiếu {len(missing)} tệp mà cơ sở dữ liệu ghi")
        loading.load(copy, place.url, ready.database, manifest, quiet=quiet)
    return len(listed)


def prove_counts(connection: psycopg.Connection, manifest: dict[str, Any]) -> None:
    """Raises: DamagedError naming the first table that has not as many rows as when the backup was made."""
    counted = count_rows(connection)
    for table, wanted in manifest["tables"].items():
        if counted.get(table) != wanted:
            raise DamagedError(
                "database", f"bảng {table} có {counted.get(table, 0)} dòng, đã ghi {wanted} dòng"
            )


def pieces_of(run: Run, key: Key) -> Any:
    """Yield the database part. Raises: DamagedError by the part's own name."""
    try:
        yield from unseal(run.path("database"), key, run.label("database"))
    except DamagedError as error:
        raise DamagedError("database", error.why) from None


def _part(run: Run, key: Key, part: str) -> bytes:
    try:
        return unsealed(run.path(part), key, run.label(part))
    except DamagedError as error:
        raise DamagedError(part, error.why) from None


def refuse_contradictions(secrets: dict[str, str]) -> None:
    """Raises: RefusedError when the environment says another key than the one that the data was sealed with."""
    told = household.list_contradictions(secrets)
    if told:
        raise RefusedError(
            f"Môi trường của máy này đặt {', '.join(told)} khác với lúc sao lưu: dữ liệu đã niêm phong sẽ không mở được.",
            "Hãy bỏ các biến đó, hoặc đặt đúng giá trị cũ, rồi khôi phục lại.",
        )


# --- the target --------------------------------------------------------------------------------------


def _refuse_target(place: Place, manifest: dict[str, Any], *, replace: bool) -> None:
    cluster = Cluster(place.url)
    if place.store.is_mount():
        raise RefusedError(
            f"Kho tệp {place.store} là điểm gắn đĩa nên không đổi chỗ được.",
            "Hãy đặt VANLANG_FILES_DIR vào một thư mục con của đĩa đó rồi khôi phục lại.",
        )
    major = cluster_major(place.url)
    if major < manifest["major"]:
        raise RefusedError(
            f"Máy chủ đích chạy PostgreSQL {major}, bản sao lưu của PostgreSQL {manifest['major']}.",
            f"Hãy nâng máy chủ đích lên PostgreSQL {manifest['major']} trở lên.",
        )
    with cluster.connect(database="postgres") as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [cluster.name]).fetchone()
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [cluster.name]
        ).fetchone()
    if others and others[0]:
        raise RefusedError(
            f"Cơ sở dữ liệu {cluster.name} đang có {others[0]} kết nối: Văn Lang còn chạy.",
            "Hãy dừng trang web và xử lý việc nền trước, rồi khôi phục.",
        )
    if not replace and (_has_files(place.store) or (exists and _has_tables(cluster))):
        raise RefusedError(
            "Nơi khôi phục đã có dữ liệu.",
            "Nếu đúng là muốn thay dữ liệu đang có, hãy thêm --replace; dữ liệu cũ được giữ riêng, không bị xóa.",
        )


def cluster_major(url: str) -> int:
    with Cluster(url).connect(database="postgres") as connection:
        row: Any = connection.execute("SELECT current_setting('server_version_num')::int / 10000").fetchone()
        return int(row[0])


def _has_tables(cluster: Cluster) -> bool:
    with cluster.connect() as connection:
        row: Any = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        return bool(row[0])


def _has_files(store: Path) -> bool:
    return any(store.glob("??/??/*"))


# --- the exchange ------------------------------------------------------------------------------------


def _steps(place: Place, ready: _Ready, mark: str) -> list[dict[str, str]]:
    """Return the renames: each `new` takes the place of `target`, which goes `aside`."""
    folders = [(ready.store, place.store)]
    folders += [(path, place.state / path.name) for path in sorted(ready.state.iterdir())]
    target = Cluster(place.url).name
    return [
        {"do": "path", "new": str(new), "target": str(old), "aside": f"{old}.{ASIDE}-{mark}"}
        for new, old in folders
    ] + [{"do": "database", "new": ready.database, "target": target, "aside": f"{target}_{ASIDE}_{mark}"}]


def _write_journal(place: Place, steps: list[dict[str, str]]) -> None:
    """From here on the new state holds: the journal appears whole, on the disk, or not at all."""
    path, new = place.state / JOURNAL, place.state / f".{JOURNAL}.new"
    with new.open("w") as file:
        json.dump(steps, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.sync()
    new.replace(path)


def is_pending(state: Path) -> bool:
    """Say whether a restore was cut short in the exchange: `finish_pending` must run before anything else does."""
    return (state / JOURNAL).exists()


def finish_pending(place: Place) -> None:
    """Carry a journal to its end. Every step bears being met again."""
    path = place.state / JOURNAL
    if not path.exists():
        return
    steps: list[dict[str, str]] = json.loads(path.read_text())
    for step in steps:
        if step["do"] == "database":
            _rename_database(place, step)
        else:
            _rename_path(step)
    shutil.rmtree(place.state / "stamps", ignore_errors=True)  # what was set up is another database's
    path.unlink()
    for left in place.state.glob(".restoring-*"):
        shutil.rmtree(left, ignore_errors=True)


def _rename_path(step: dict[str, str]) -> None:
    new, target, aside = Path(step["new"]), Path(step["target"]), Path(step["aside"])
    if not new.exists():
        return
    if target.exists():
        target.rename(aside)
    new.rename(target)


def _rename_database(place: Place, step: dict[str, str]) -> None:
    """Both renames are one transaction."""
    with Cluster(place.url).connect(database="postgres") as connection, connection.transaction():
        names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        if step["new"] not in names:
            return
        if step["target"] in names:
            connection.execute(rename.format(sql.Identifier(step["target"]), sql.Identifier(step["aside"])))
        connection.execute(rename.format(sql.Identifier(step["new"]), sql.Identifier(step["target"])))


def _aside_of(place: Place, steps: list[dict[str, str]]) -> list[str]:
    with Cluster(place.url).connect(database="postgres") as connection:
        names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
    return [
        step["aside"]
        for step in steps
        if (step["target"] in names if step["do"] == "database" else Path(step["target"]).exists())
    ]


def _clear(place: Place, ready: _Ready) -> None:
    shutil.rmtree(ready.state, ignore_errors=True)
    shutil.rmtree(ready.store, ignore_errors=True)
    with suppress(psycopg.Error, BackupError):
        loading.drop(place.url, ready.database)


def let_go(place: Place) -> list[str]:
    """Delete what earlier restores kept aside; return the names."""
    gone: list[str] = []
    target = Cluster(place.url).name
    with Cluster(place.url).connect(database="postgres") as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{target}\\_{ASIDE}\\_%"]
        ).fetchall()
    for (name,) in rows:
        loading.drop(place.url, name)
        gone.append(name)
    for path in (
        *place.state.glob(f"*.{ASIDE}-*"),
        *place.store.parent.glob(f"{place.store.name}.{ASIDE}-*"),
    ):
        if path.exists() and path != key_file(place.state):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            gone.append(str(path))
    return gone
