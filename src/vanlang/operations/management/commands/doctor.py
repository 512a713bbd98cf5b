"""`./vanlang doctor`: how the installation is, in sentences or JSON; exit code 0 good, 1 something to look at, 2 danger."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.operations.labels import PROBES, SEVERITIES
from vanlang.operations.services.doctor import examine
from vanlang.operations.types import Examination, Finding, Severity

EXIT = {Severity.GOOD: 0, Severity.WARNING: 1, Severity.DANGER: 2}
SIGNS = {Severity.GOOD: "✓", Severity.WARNING: "!", Severity.DANGER: "✗"}


class Command(BaseCommand):
    help = "Khám máy: điều gì sắp hỏng, và phải làm gì bây giờ. Mã thoát: 0 tốt, 1 cần xem, 2 nguy hiểm."
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        with acting(Scope.system()):
            found = examine(clock.now())
        if options["json"]:
            self.stdout.write(json.dumps(_told(found), ensure_ascii=False, indent=1))
        else:
            self._say(found)
        sys.exit(EXIT[found.severity])

    def _say(self, found: Examination) -> None:
        for one in found.looked:
            for finding in one.findings:
                sentence = sentence_of(finding.code, finding.facts)
                self.stdout.write(f"{SIGNS[finding.severity]} {PROBES[one.probe]}: {sentence.says}")
                if finding.severity is not Severity.GOOD:
                    self.stdout.write(f"    → {sentence.do_now}")
        dangers, warnings = found.count(Severity.DANGER), found.count(Severity.WARNING)
        self.stdout.write(f"\n{len(found.looked)} mục, {dangers} nguy hiểm, {warnings} cần xem.")


def _told(found: Examination) -> dict[str, object]:
    return {
        "at": found.at.isoformat(),
        "severity": found.severity,
        "findings": [_finding(one.probe, finding) for one in found.looked for finding in one.findings],
    }


def _finding(probe: str, finding: Finding) -> dict[str, object]:
    sentence = sentence_of(finding.code, finding.facts)
    return {
        "probe": probe, "code": finding.code, "severity": finding.severity, "label": SEVERITIES[finding.severity],
        "says": sentence.says, "do_now": sentence.do_now, "facts": finding.facts,
    }  # fmt: skip
