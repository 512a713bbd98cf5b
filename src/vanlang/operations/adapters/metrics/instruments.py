"""What every process counts. With PROMETHEUS_MULTIPROC_DIR the processes count into files of one folder, and one page sums them."""

from __future__ import annotations

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own name of the setting; without it one process counts for itself."""
if os.environ.get(FOLDER):
    Path(os.environ[FOLDER]).mkdir(parents=True, exist_ok=True)

REGISTRY = CollectorRegistry()
"""Ours alone: no figures of the interpreter, which differ by process."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Bounds of the histograms: the budgets of pages (0.1), of filing (0.15) and of the mixed load (0.3) are among them."""
JOB_SECONDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0, 120.0, 600.0)

REQUESTS = Counter("vanlang_requests", "Requests answered.", ["route", "method", "status"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "vanlang_request_seconds", "From the first byte of a request to its answer, within the web process.",
    ["route"], buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip
JOBS = Counter("vanlang_jobs", "Runs of jobs that ended.", ["job", "outcome"], registry=REGISTRY)
JOB_DURATION = Histogram(
    "vanlang_job_seconds", "How long a run of a job took.", ["job"], buckets=JOB_SECONDS, registry=REGISTRY
)
