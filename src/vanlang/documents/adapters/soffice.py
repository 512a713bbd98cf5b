"""
LibreOffice as a converter: one process for one letter, in a profile of its own, gone after a minute.

Found on PATH as `soffice`. A letter that it cannot turn into a PDF in time is the converter's failure, not the officer's:
the finished PDF can always be uploaded instead.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import structlog

from vanlang.kernel.errors import OutsideSystemError

log = structlog.get_logger(__name__)

SYSTEM = "soffice"
SECONDS = 60


class Soffice:
    """Turns a .docx into a PDF by LibreOffice."""

    def __init__(self, program: str, *, seconds: float = SECONDS) -> None:
        self.program = program
        self.seconds = seconds

    def __call__(self, docx: bytes, /) -> bytes:
        """Return the PDF. Raises: OutsideSystemError; retryable when it took too long."""
        with tempfile.TemporaryDirectory(prefix="vanlang-word-") as folder:
            source = Path(folder) / "letter.docx"
            source.write_bytes(docx)
            self._run(Path(folder), source)
            made = source.with_suffix(".pdf")
            if not made.is_file() or not made.read_bytes().startswith(b"%PDF-"):
                raise OutsideSystemError(SYSTEM, retryable=False, code="documents.conversion_failed")
            return made.read_bytes()

    def _run(self, folder: Path, source: Path) -> None:
        command = [
            self.program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source),
        ]  # fmt: skip
        environment = {"HOME": str(folder), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
        try:
            process = subprocess.Popen(  # noqa: S603 - the program found at start, the folder made above
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        except OSError:
            raise OutsideSystemError(SYSTEM, retryable=False, code="documents.conversion_failed") from None
        try:
            code = process.wait(timeout=self.seconds)
        except subprocess.TimeoutExpired:
            # soffice starts children of its own: the whole group goes
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            log.warning("conversion_too_slow", seconds=self.seconds)
            raise OutsideSystemError(SYSTEM, retryable=True, code="documents.conversion_too_slow") from None
        if code != 0:
            log.warning("conversion_failed", exit_code=code)
            raise OutsideSystemError(SYSTEM, retryable=False, code="documents.conversion_failed")


def find_soffice() -> Soffice | None:
    """Return the converter when LibreOffice is on this machine's PATH."""
    program = shutil.which("soffice")
    return Soffice(program) if program else None
