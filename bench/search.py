"""
Search over the imported catalogue: how quick, and what is found, beside PostgreSQL's own text search in the same run.

    python -m bench.search [--json]

Queries are what people type: hand-written, each with the procedures that it should find, with and without diacritics,
unfinished; and names of procedures cut short. Recall@5: is one of the expected among the first five.
Reads `../shared/data/procedures` (or VANLANG_SHARED); skipped with the reason where it is absent.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.catalogue_import import FILE, own_database, timed_import
from bench.support.verdict import verdict

GATE_MS = 20.0
FOUND = 0.95
"""Of the queries written by hand: how many must have an expected procedure among the first five."""

EXPECTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("khai sinh", ("1.001193",)),
    ("giấy khai sinh cho con", ("1.001193",)),
    ("mới sinh em bé", ("1.001193",)),
    ("trích lục khai sinh", ("2.000635",)),
    ("mất giấy khai sinh", ("2.000635",)),
    ("bản sao trích lục hộ tịch", ("2.000635",)),
    ("khai tử", ("1.000656",)),
    ("giấy chứng tử", ("1.000656",)),
    ("đăng ký kết hôn", ("1.000894",)),
    ("lấy chồng tây", ("2.000806",)),
    ("kết hôn với người nước ngoài", ("2.000806",)),
    ("giấy độc thân", ("1.004873",)),
    ("xác nhận tình trạng hôn nhân", ("1.004873",)),
    ("sửa ngày sinh", ("1.004859",)),
    ("nhận con", ("1.001022",)),
    ("giám hộ", ("1.004837",)),
    ("nhận con nuôi", ("2.001263",)),
    ("sao y", ("2.000815",)),
    ("công chứng giấy tờ", ("2.000815",)),
    ("chứng thực bản sao", ("2.000815",)),
    ("chứng thực chữ ký", ("2.000884",)),
    ("sơ yếu lý lịch", ("2.000884",)),
    ("công chứng hợp đồng", ("2.001035",)),
    ("di chúc", ("2.001019",)),
    ("chia thừa kế", ("2.001406",)),
    ("hộ khẩu", ("1.004222",)),
    ("nhập khẩu", ("1.004222",)),
    ("đăng ký thường trú", ("1.004222",)),
    ("tạm trú", ("1.004194",)),
    ("đăng ký ở trọ", ("1.004194",)),
    ("tách khẩu", ("1.010038",)),
    ("xác nhận cư trú", ("1.010041",)),
    ("khai báo tạm vắng", ("1.003677",)),
    ("cccd", ("1.014061", "1.014063", "1.014064")),
    ("mất căn cước", ("1.014064",)),
    ("căn cước hết hạn", ("1.014063",)),
    ("làm căn cước cho con", ("1.014062", "1.014061")),
    ("vneid", ("3.000228",)),
    ("sổ đỏ", ("1.012753", "1.012783")),
    ("giấy tờ nhà đất", ("1.012753", "1.012783")),
    ("mất sổ đỏ", ("1.012786",)),
    ("tách sổ", ("1.012784",)),
    ("tách thửa", ("1.012784",)),
    ("sang tên sổ đỏ", ("1.013831",)),
    ("tranh chấp đất", ("1.012812",)),
    ("xin phép xây nhà", ("1.013225",)),
    ("giấy phép xây dựng", ("1.013225",)),
    ("gia hạn giấy phép xây dựng", ("1.013227",)),
    ("mở cửa hàng", ("1.001612",)),
    ("hộ kinh doanh", ("1.001612",)),
    ("tạm nghỉ bán", ("1.001570",)),
    ("bằng lái", ("3.000346", "3.000347", "3.000348")),
    ("đổi bằng lái xe", ("3.000347",)),
    ("sang tên xe", ("1.013076",)),
    ("hộ nghèo", ("1.011607",)),
    ("chuyển đổi cây trồng đất lúa", ("1.008004",)),
    ("khoan giếng", ("1.001662",)),
    ("trang trại chăn nuôi", ("1.008128",)),
    ("tổ hợp tác", ("2.002637",)),
    ("mua nhà ở xã hội", ("1.014632",)),
)
"""Written by hand; a code of the starter catalogue or of the national one."""


def main(argv: list[str]) -> int:
    """Return 0 when the gate holds or the data is absent, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    if not FILE.exists():
        reason = "needs ../shared/data/procedures (set VANLANG_SHARED)"
        print(json.dumps({"skipped": reason}) if options.json else f"Skipped: {reason}.")
        return 0
    with own_database():
        figures = measure()
    right, ok = figures["ours"]["recall_at_5"] >= FOUND, figures["ours"]["p95_ms"] < GATE_MS
    if options.json:
        print(json.dumps(figures | {"ok": ok}, ensure_ascii=False))
        return verdict(right=right, in_budget=ok)
    print(
        f"{figures['queries']} queries over {figures['procedures']} procedures, {figures['cores']} cores; "
        f"index built in {figures['build_ms']:.0f} ms"
    )
    for name in ("ours", "full_text", "trigram"):
        row = figures[name]
        print(
            f"  {name:10} p50 {row['p50_ms']:6.2f} ms  p95 {row['p95_ms']:6.2f} ms  "
            f"recall@5 {row['recall_at_5']:.0%} with diacritics, {row['recall_at_5_bare']:.0%} without"
        )
    for query, found in figures["missed"]:
        print(f"  missed: {query}: {', '.join(found)}")
    return verdict(right=right, in_budget=ok)


def measure() -> dict[str, Any]:
    """Import, load the starter catalogue, and ask everything of all three."""
    from vanlang.catalogue import api
    from vanlang.identity.api import SYSTEM
    from vanlang.kernel import clock
    from vanlang.kernel.vietnamese import search_key

    timed_import()
    api.load_starter(actor=SYSTEM, at=clock.now())
    on = clock.today()
    start = time.perf_counter()
    api.search("khai sinh", on=on)
    build_ms = (time.perf_counter() - start) * 1000
    engines: dict[str, Callable[[str], list[str]]] = {
        "ours": lambda text: [hit.procedure.code for hit in api.search(text, on=on, limit=5)],
        "full_text": full_text(on),
        "trigram": trigram(on),
    }
    queries = typed_queries([card.name for card in api.list_procedures(on)])
    figures: dict[str, Any] = {
        "procedures": api.readiness_report(on).total,
        "queries": len(queries),
        "cores": os.cpu_count(),
        "build_ms": round(build_ms, 1),
    }
    for name, ask in engines.items():
        times = timed(ask, queries)
        figures[name] = {
            "p50_ms": round(statistics.median(times), 3),
            "p95_ms": round(statistics.quantiles(times, n=20)[18], 3),
            "recall_at_5": recall(ask, [(query, codes) for query, codes in EXPECTED]),
            "recall_at_5_bare": recall(ask, [(search_key(query), codes) for query, codes in EXPECTED]),
        }
    figures["missed"] = [
        (query, engines["ours"](query))
        for query, codes in EXPECTED
        if not set(codes) & set(engines["ours"](query))
    ]
    return figures


def typed_queries(names: list[str]) -> list[str]:
    """Return at least 300 queries: the hand-written ones in three spellings, and names cut short."""
    from vanlang.kernel.vietnamese import search_key

    queries = [query for query, _ in EXPECTED]
    queries += [search_key(query) for query in queries] + [
        query[: max(3, len(query) - 3)] for query in queries
    ]
    for name in names[:: max(1, len(names) // 150)]:
        words = name.split()
        queries += [" ".join(words[:6]), search_key(" ".join(words[2:7]))]
    return [query for query in queries if query.strip()]


def full_text(on: object) -> Callable[[str], list[str]]:
    """What a user would pick instead: PostgreSQL full text over unaccented names, indexed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_text AS SELECT p.code, p.popularity, unaccent(lower(v.name)) AS name, "
            "to_tsvector('simple', unaccent(lower(v.name))) AS words FROM catalogue_procedureversion v "
            "JOIN catalogue_procedure p ON p.id = v.procedure_id WHERE v.valid_from <= %s AND (v.valid_to IS NULL OR v.valid_to > %s)",
            [on, on],
        )
        cursor.execute("CREATE INDEX ON bench_text USING gin (words)")
        cursor.execute("CREATE INDEX ON bench_text USING gin (name gin_trgm_ops)")
        cursor.execute("ANALYZE bench_text")

    def ask(text: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code FROM bench_text, plainto_tsquery('simple', unaccent(lower(%s))) AS query WHERE words @@ query "
                "ORDER BY ts_rank(words, query) DESC, popularity DESC LIMIT 5",
                [text],
            )
            return [code for (code,) in cursor.fetchall()]

    return ask


def trigram(on: object) -> Callable[[str], list[str]]:
    """PostgreSQL trigrams over the same table: similarity of the query to a part of the name."""
    from django.db import connection

    def ask(text: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code FROM bench_text WHERE unaccent(lower(%s)) <%% name "
                "ORDER BY unaccent(lower(%s)) <<-> name, popularity DESC LIMIT 5",
                [text, text],
            )
            return [code for (code,) in cursor.fetchall()]

    return ask


def timed(ask: Callable[[str], list[str]], queries: list[str]) -> list[float]:
    """Return milliseconds per query, after one round to warm up."""
    for query in queries[:20]:
        ask(query)
    times = []
    for query in queries:
        start = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - start) * 1000)
    return times


def recall(ask: Callable[[str], list[str]], pairs: list[tuple[str, tuple[str, ...]]]) -> float:
    """Return the share of queries with an expected procedure among the first five."""
    return round(sum(bool(set(codes) & set(ask(query)[:5])) for query, codes in pairs) / len(pairs), 3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
