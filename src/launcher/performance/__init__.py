"""
`docs/reference/performance.md`: every figure on it was measured, and says where.

    ./vanlang bench --keep [NAME …]    runs benches and keeps what each found as `bench/results/NAME.json`
    ./vanlang bench --page             draws the page and its pictures from what is kept; runs nothing

**What is kept** (`kept.py`) is one JSON object for a bench: what the launcher knows of the run, and what the bench printed.

    {"bench": "province", "command": "./vanlang bench province --scale month",
     "measured_at": "2026-11-24T08:15:00+07:00", "seconds": 212.4, "exit": 0,
     "machine": {"cores": 2, "memory_gb": 23.4, "python": "3.11.7", "system": "Linux …"},
     "load": [0.2, 1.4],                                 before, after: an idle machine is near 0
     "server": {"server_version": "18.6", "fsync": "on", "synchronous_commit": "on", …},
     "report": {…}}                                      what the bench printed with --json

**What is shown** of it are figures. A bench says them itself, under the key `shown` of its report; for the older ones
`readings.py` takes them out of their reports. One figure is one table, and one picture of one of its columns:

    {"title": "Pages of 184,513 dossiers",
     "says": "One sentence: of what, asked how, beside what.",
     "columns": ["page", "p50 ms", "p95 ms"],            the first is what a line is about
     "rows": [["inbox", 22.1, 31.0], …],                 numbers as numbers; text as text
     "plot": {"kind": "bars", "column": 2, "unit": "ms", "budget": 100, "beside": ["plain list"]}}

`budget` (optional) is drawn as a line; rows named in `beside` are anchors and drawn in grey. A figure of how something
grows has `"plot": {"kind": "lines", "unit": "ms", "x": "dossiers", "budget": 100, "series": {"inbox": [[10000, 21.0], …]}}`
beside its table. Without `plot` there is only the table. Nothing else is on the page: no figure is typed by hand.
"""
