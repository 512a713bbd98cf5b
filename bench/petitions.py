"""
The search for repeated petitions: how long it takes among so many, and whether what was brought before is found.

    python -m bench.petitions [--petitions 100000] [--json]

The petitions are made of the openings, places, complaints and closings that such letters share, so that every text has
much in common with thousands of others. Among them are planted ones: the same matter by another sender in nearly the same
words (likeness 0.6 and more, by the rule of `rules/repetition.py`), and the same sender again in other words. Right: every
planted one finds its earlier one; the exit code is 0 when all of them do.

Beside it, in the same run on the same rows: what one would pick instead, PostgreSQL's trigram similarity over the text in
the clear with a GIN index (pg_trgm), which needs the words of every sender to lie readable in the database.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.support.scratch import scratch_database
from bench.support.verdict import verdict

PETITIONS = 20_000
"""By default, for a machine that has other things to do; `--petitions 100000` is the whole."""
BATCH = 1_000
"""Rows that are written at once: a statement has at most 65,535 values."""
PLANTED, FRESH = 200, 200
BESIDE = 30
"""Of each kind, how many are looked for by trigrams: among 100,000 each takes seconds."""
SEED = 22
GATE_MS = 100.0
OPENINGS = (
    "Kính gửi Ủy ban nhân dân phường, tôi là người dân sống tại", "Tôi xin phản ánh một việc xảy ra tại",
    "Kính đề nghị lãnh đạo phường xem xét sự việc ở", "Gia đình tôi nhiều năm nay sinh sống ở",
)  # fmt: skip
CLOSINGS = (
    "Kính đề nghị cơ quan có thẩm quyền xem xét giải quyết và trả lời cho người dân biết. Tôi xin chân thành cảm ơn.",
    "Đề nghị phường kiểm tra, xử lý dứt điểm và thông báo kết quả cho tôi.",
    "Rất mong các cấp lãnh đạo quan tâm giải quyết sớm cho bà con.",
)
MATTERS = (
    "nước thải chảy tràn ra đường gây mùi hôi", "đèn chiếu sáng công cộng hỏng không được sửa",
    "xe tải chạy quá tốc độ qua cổng trường học", "quán ăn mở nhạc lớn sau mười giờ đêm",
    "rác thải không được thu gom đúng lịch", "vỉa hè bị lấn chiếm để bán hàng",
    "chờ lâu ở quầy một cửa mà không được gọi số", "hồ sơ đất đai bị trả lại nhiều lần không nêu lý do",
    "cán bộ hướng dẫn không rõ ràng phải đi lại nhiều lần", "đường bê tông xuống cấp nhiều ổ gà",
)  # fmt: skip
WORDS = [
    "ngõ",
    "hẻm",
    "khu",
    "tổ",
    "dãy",
    "chợ",
    "trường",
    "cầu",
    "hồ",
    "đình",
    "nhà",
    "văn",
    "hóa",
    "trạm",
    "bến",
    "kho",
    "xưởng",
    "trại",
    "đồi",
    "suối",
    "ruộng",
    "vườn",
    "bờ",
    "kênh",
    "cống",
    "hàng",
    "cây",
    "cột",
    "điện",
    "biển",
    "báo",
    "bãi",
    "xe",
    "sân",
    "bóng",
    "mái",
    "hiên",
    "hàng",
    "rào",
    "giếng",
    "khoan",
]


@dataclass(frozen=True)
class Letter:
    """A petition as its sender wrote it."""

    text: str
    phone: str


@dataclass(frozen=True)
class Speed:
    """How long one way of looking took, and what it found of the planted."""

    what: str
    p50_ms: float
    p95_ms: float
    worst_ms: float
    found: int
    planted: int


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when every planted one was found."""
    parser = argparse.ArgumentParser(prog="bench petitions", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--petitions", type=int, default=PETITIONS)
    arguments = parser.parse_args(argv)
    with scratch_database("petitions") as server:
        report = _measure(arguments.petitions) | {"server": server}
    print(json.dumps(report, indent=2, ensure_ascii=False) if arguments.json else _table(report))
    holds = report["holds"]
    return verdict(right=holds["every planted one was found"], in_budget=all(holds.values()))


def _measure(count: int) -> dict[str, Any]:
    from vanlang.kernel.scope import Scope, acting
    from vanlang.petitions.services.counting import count_common_marks

    rng = random.Random(SEED)
    with acting(Scope.system()):
        letters = [_letter(rng) for _ in range(count)]
        started = time.perf_counter()
        kept = _keep(letters, rng)
        wrote = time.perf_counter() - started
        earlier = rng.sample(range(count), PLANTED * 2)
        asked = [(_rewritten(letters[place], rng), kept[place]) for place in earlier[:PLANTED]]
        asked += [
            (Letter(_same_matter(letters[place], rng), letters[place].phone), kept[place])
            for place in earlier[PLANTED:]
        ]
        asked += [(_letter(rng), None) for _ in range(FRESH)]
        bare = _timed("repeats_of before common marks are known", asked[:20], _ours(kept[0]))
        started = time.perf_counter()
        common = count_common_marks()
        counting = time.perf_counter() - started
        ours = _timed("repeats_of: sealed words, keyed marks", asked, _ours(kept[0]))
        by_words = [*asked[:BESIDE], *asked[2 * PLANTED :][:BESIDE]]
        theirs = _timed("pg_trgm similarity, text in the clear", by_words, _trigram(letters, kept))
        sizes = _sizes()
    return {
        "machine": platform.platform(), "cores": os.cpu_count(), "petitions": count,
        "written per second": round(count / wrote),
        "common marks": {"marks": common, "seconds to count": round(counting, 2)},
        "speeds": [vars_of(bare), vars_of(ours), vars_of(theirs)],
        "index bytes": sizes,
        "holds": {
            "every planted one was found": ours.found == ours.planted,
            f"p95 under {GATE_MS:.0f} ms": ours.p95_ms < GATE_MS,
        },
    }  # fmt: skip


def vars_of(speed: Speed) -> dict[str, Any]:
    return {name: getattr(speed, name) for name in Speed.__dataclass_fields__}


def _letter(rng: random.Random) -> Letter:
    place = f"{rng.choice(WORDS)} {rng.choice(WORDS)} số {rng.randint(1, 400)}, tổ {rng.randint(1, 40)}"
    details = " ".join(rng.choice(WORDS) for _ in range(rng.randint(10, 60)))
    text = (
        f"{rng.choice(OPENINGS)} {place}. Thời gian gần đây có tình trạng {rng.choice(MATTERS)}, "
        f"từ ngày {rng.randint(1, 28)}/{rng.randint(1, 12)}: {details}. {rng.choice(CLOSINGS)}"
    )
    return Letter(text, f"09{rng.randint(10**7, 10**8 - 1)}")


def _rewritten(letter: Letter, rng: random.Random) -> Letter:
    """The same matter by a neighbour: a few words changed, so that the rule still says that it is the same."""
    words = letter.text.split()
    for place in rng.sample(range(len(words)), max(1, len(words) // 25)):
        words[place] = rng.choice(WORDS)
    return Letter(" ".join(words), f"09{rng.randint(10**7, 10**8 - 1)}")


def _same_matter(letter: Letter, rng: random.Random) -> str:
    """The same sender again, half of it in their old words."""
    words = letter.text.split()
    return (
        " ".join(words[: len(words) * 2 // 3])
        + f". Đến nay vẫn chưa thấy ai trả lời, đã {rng.randint(2, 9)} tuần."
    )


def _keep(letters: Sequence[Letter], rng: random.Random) -> list[uuid.UUID]:
    """Write the petitions as filing writes them, many at once."""
    from vanlang.kernel.clock import VIETNAM
    from vanlang.organizations.api import AgencyKind, NewName, add_agency
    from vanlang.petitions.models import Petition

    now = datetime.now(VIETNAM)  # noqa: TID251 - a bench lives now
    name = NewName("UBND phường Việt Trì", "Việt Trì")
    agency = add_agency(
        code="H44.100", kind=AgencyKind.COMMUNE, name=name, valid_from=now.date() - timedelta(days=900)
    )
    ids: list[uuid.UUID] = []
    for start in range(0, len(letters), BATCH):
        rows = [
            _row(letter, start + number, int(agency), now - timedelta(minutes=rng.randint(1, 1_000_000)))
            for number, letter in enumerate(letters[start : start + BATCH])
        ]
        Petition.objects.bulk_create(rows)
        ids += [row.pk for row in rows]
    _as_owner("ANALYZE petitions_petition")
    return ids


def _row(letter: Letter, number: int, agency_id: int, at: datetime) -> Any:
    from vanlang.petitions.models import Petition
    from vanlang.petitions.services.marks import sender_marks_of, sketch_of_text
    from vanlang.petitions.types import PetitionSource, PetitionState, Sender

    return Petition(
        code=f"PA-B-{number}", source=PetitionSource.PORTAL, state=PetitionState.FILED, secret_mark="x",
        words={"title": "Phản ánh", "text": letter.text}, contact={"phone": letter.phone},
        sender_marks=sender_marks_of(Sender(phone=letter.phone), None), sketch=sketch_of_text("Phản ánh", letter.text),
        agency_id=agency_id, taken_in_by_id=agency_id, filed_at=at, arrived_at=at, moved_at=at,
        decide_due_at=at, ask_due_at=at, due_at=at,
    )  # fmt: skip


Look = Callable[[Letter], list[uuid.UUID]]


def _ours(any_id: uuid.UUID) -> Look:
    from vanlang.kernel.clock import VIETNAM
    from vanlang.petitions.models import Petition
    from vanlang.petitions.queries.likeness import repeats_of

    agency_id = Petition.objects.values_list("agency_id", flat=True).get(pk=any_id)

    def look(letter: Letter) -> list[uuid.UUID]:
        row = _row(letter, 0, agency_id, datetime.now(VIETNAM))  # noqa: TID251 - a bench lives now
        return [one.id for one in repeats_of(row)]

    return look


def _trigram(letters: Sequence[Letter], kept: Sequence[uuid.UUID]) -> Look:
    """What one would pick instead."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_text (id uuid, words text)")
        with cursor.copy("COPY bench_text FROM STDIN") as copy:
            for key, letter in zip(kept, letters, strict=True):
                copy.write_row((key, letter.text))
        cursor.execute("CREATE INDEX ON bench_text USING gin (words gin_trgm_ops)")
        cursor.execute("ANALYZE bench_text")
        cursor.execute("SET pg_trgm.similarity_threshold = 0.6")

    def look(letter: Letter) -> list[uuid.UUID]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM bench_text WHERE words %% %s ORDER BY similarity(words, %s) DESC LIMIT 10",
                [letter.text, letter.text],
            )
            return [key for (key,) in cursor.fetchall()]

    return look


def _timed(what: str, asked: Sequence[tuple[Letter, uuid.UUID | None]], look: Look) -> Speed:
    times, found = [], 0
    for letter, wanted in asked:
        started = time.perf_counter()
        seen = look(letter)
        times.append((time.perf_counter() - started) * 1000)
        found += wanted is not None and wanted in seen
    planted = sum(wanted is not None for _, wanted in asked)
    return Speed(
        what, round(statistics.median(times), 2), round(statistics.quantiles(times, n=20)[18], 2), round(max(times), 2),
        found, planted,
    )  # fmt: skip


def _as_owner(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["VANLANG_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(statement.encode())


def _sizes() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelname, pg_relation_size(indexrelid) FROM pg_stat_user_indexes "
            "WHERE indexrelname IN ('petition_words', 'petition_senders')"
        )
        return {str(name): int(size) for name, size in cursor.fetchall()}


def _table(report: dict[str, Any]) -> str:
    lines = [
        f"{report['petitions']} petitions, {report['cores']} cores, {report['written per second']} written a second"
    ]
    lines += [
        f"  {one['what']:50} p50 {one['p50_ms']:8.2f} ms  p95 {one['p95_ms']:8.2f} ms  worst {one['worst_ms']:8.2f} ms  "
        f"found {one['found']} of {one['planted']}"
        for one in report["speeds"]
    ]
    lines += [f"  index {name}: {size / 1e6:.1f} MB" for name, size in report["index bytes"].items()]
    lines += [f"  {'holds' if ok else 'FAILS'}: {what}" for what, ok in report["holds"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
