"""
Log lines: one JSON object each, on the error stream, without personal data by construction (ADR 0027).

What is not known to be harmless is not written. Our own lines (structlog) keep the keys of `KEPT` and nothing else, and of
their words only what looks like a code: no blank, no diacritics, no long run of digits. Lines of others (Django, the job
queue, libraries) keep who said it, where in the code, and the sentence without its values. An exception is its type and
the places it went through, never its message: a database quotes the row that it refused. A warning of Python is its kind
and its place. What nobody caught would be printed with all it says: a process that serves notes it instead (`note_what_escapes`).
"""

from __future__ import annotations

import datetime as dt
import json
import logging  # noqa: TID251 - the one place where lines of libraries are caught
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO
from uuid import UUID

import structlog
from typing_extensions import override

KEPT = frozenset({
    # of every line
    "event", "level", "time", "request_id", "error", "trace", "place", "logger",
    # of requests and jobs
    "route", "view", "method", "status", "ms", "account", "actor", "job", "queue", "attempt", "outcome", "code",
    # what our own lines count and name: ids of rows, codes of systems, numbers
    "agency_id", "allowances", "answer", "appointment_id", "arrival", "batch_id", "batches", "bytes", "calendar_version",
    "changed", "channel", "closed", "count", "differing", "dossier", "dossier_id", "drafted", "due", "exit_code", "export",
    "fault", "field", "first", "found", "heard", "kind", "looked_at", "moot", "moved", "officers", "on", "payment", "pk",
    "provider", "raised", "reason", "retryable", "rows", "run", "run_id", "seconds", "sent", "service", "sessions",
    "slowed", "state", "stuck", "swept", "system", "told", "transfer_id", "tried", "tries", "version", "why",
})  # fmt: skip
"""Keys that a line may have. Another key is not written, only counted: whoever adds one, adds it here and says why it is harmless."""

HIDDEN = "…"
DEEPEST = 12
"""Frames of an exception that are told: the last ones."""
_CODE = re.compile(r"[A-Za-z0-9_.:/#@+<>-]{0,120}")
_MANY_DIGITS = re.compile(r"\d[\d.\-]{7,}\d")
"""A personal id, a telephone, an account: whatever has nine digits or more, dots and hyphens between them not counted."""
_ROOTS = sorted({str(Path(entry).resolve()) for entry in sys.path if entry}, key=len, reverse=True)


# --- one value, one line ----------------------------------------------------------------------------


def harmless(value: object) -> object:
    """Return what may be written of a value: numbers, ids, instants, and words that look like a code."""
    match value:
        case None | bool() | int() | float():
            return value
        case UUID() | dt.date():
            return str(value)
        case Enum():
            return harmless(value.value)
        case str():
            return value if _CODE.fullmatch(value) and not _has_many_digits(value) else HIDDEN
        case list() | tuple() | set() | frozenset():
            return [harmless(one) for one in list(value)[:20]]
        case _:
            return HIDDEN


def _has_many_digits(word: str) -> bool:
    if _is_uuid(word) or _is_instant(word):
        return False
    return any(sum(sign.isdigit() for sign in run) >= 9 for run in _MANY_DIGITS.findall(word))


def _is_uuid(word: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", word))


def _is_instant(word: str) -> bool:
    return bool(re.fullmatch(r"20\d\d-\d\d-\d\d(T[\d:.+Z-]{4,24})?", word))


def only_kept(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: keep what is known to be harmless, and say how many values were left out."""
    error = _exception_in(line)
    kept: dict[str, Any] = {key: harmless(value) for key, value in line.items() if key in KEPT}
    left = len(set(line) - set(kept) - {"exc_info", "stack_info"})
    if error is not None:
        kept |= told_of(error)
    return kept | ({"left_out": left} if left else {})


def _exception_in(line: Mapping[str, Any]) -> BaseException | None:
    told = line.get("exc_info")
    if isinstance(told, BaseException):
        return told
    if isinstance(told, tuple):
        return told[1] if isinstance(told[1], BaseException) else None
    return sys.exc_info()[1] if told else None


def told_of(error: BaseException) -> dict[str, object]:
    """Return type and way of an exception, with those it came from; nothing of what they say."""
    types: list[str] = []
    one: BaseException | None = error
    while one is not None and len(types) < DEEPEST:
        types.append(type(one).__name__)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return {"error": " < ".join(types).replace(" ", ""), "trace": trace_of(error.__traceback__)}


def trace_of(trace: TracebackType | None) -> list[str]:
    """Return the last frames, outermost first, as `vanlang/dossiers/queries/access.py:41 access_dossier`."""
    frames = traceback.extract_tb(trace)[-DEEPEST:]
    return [f"{place_of(one.filename, one.lineno or 0)}:{one.name}" for one in frames]


def place_of(path: str, line: int) -> str:
    """Return where in the code, without where the code lies on this machine."""
    root = next((one for one in _ROOTS if path.startswith(f"{one}/")), "")
    return f"{path.removeprefix(f'{root}/') if root else Path(path).name}:{line}"


def as_json(_: object, __: str, line: MutableMapping[str, Any]) -> str:
    return json.dumps(dict(line), ensure_ascii=False, default=lambda _: HIDDEN)


# --- our own lines -----------------------------------------------------------------------------------


class ErrorStream:
    """Where our lines go. A disk without room costs a line, never a request."""

    def msg(self, line: str) -> None:
        write(line)

    log = debug = info = warning = warn = error = critical = exception = fatal = failure = msg


def write(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def configure() -> None:
    """Have structlog and Python's warnings write as this module says. Called once, when the applications are ready."""
    warnings.showwarning = note_warning
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            only_kept,
            as_json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
        logger_factory=lambda *_: ErrorStream(),
    )


def note_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Note what Python warns of: the kind and the place, not the words, which name values."""
    structlog.get_logger("warnings").warning(
        "warning", kind=category.__name__, place=place_of(filename, lineno)
    )


def note_what_escapes() -> None:
    """
    Have what nobody caught noted as a line, in every thread, where Python would print it with everything it says.

    For processes that serve: whoever types a command sees its error whole.
    """
    sys.excepthook = lambda _, error, __: _note_escaped(error)
    threading.excepthook = lambda told: _note_escaped(told.exc_value)
    sys.unraisablehook = lambda told: _note_escaped(told.exc_value)


def _note_escaped(error: BaseException | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    structlog.get_logger("escaped").critical("escaped", exc_info=error)


# --- lines of others ---------------------------------------------------------------------------------


class LineFormatter(logging.Formatter):
    """What a library said, as JSON: the sentence as it stands in its code, without the values that were put into it."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "event": _sentence(record),
            "level": record.levelname.lower(),
            "time": at.isoformat().replace("+00:00", "Z"),
            "logger": record.name,
            "place": place_of(record.pathname, record.lineno),
        }
        bound = structlog.contextvars.get_contextvars()
        line |= {key: harmless(value) for key, value in bound.items() if key in KEPT}
        if record.exc_info and record.exc_info[1] is not None:
            line |= told_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _sentence(record: logging.LogRecord) -> str:
    """Return the sentence as it stands in the library's code; one that was put together already may hold anything."""
    said = record.msg
    stands_in_code = (
        bool(record.args) and isinstance(said, str) and said.isascii() and not _has_many_digits(said)
    )
    return str(said) if stands_in_code else "said"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "vanlang.kernel.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Every request has its own line; of Django's only what broke is worth another
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "procrastinate": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # The web server's own handler prints what a page raised, message and all
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
"""For Django's setting of the same name."""
