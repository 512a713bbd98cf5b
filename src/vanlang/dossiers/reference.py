"""The reference page of the flow, printed from the tables that decide."""

from __future__ import annotations

from vanlang.dossiers import labels
from vanlang.dossiers.rules import diagram

_HEAD = """# Trạng thái hồ sơ và hành vi

<!-- Printed by `manage.py dossiers states` from src/vanlang/dossiers/rules; a test keeps it equal. Do not edit. -->

"""


def reference_page() -> str:
    """Return states, acts and diagram as markdown, in Vietnamese."""
    return "".join(
        [
            _HEAD,
            "## Trạng thái\n\n",
            diagram.markdown_states(labels.STATES, labels.PARTIES, labels.HATS),
            "\n## Hành vi\n\n",
            diagram.markdown_acts(labels.STATES, labels.ACTS, labels.PARTIES),
            "\n## Sơ đồ\n\n```mermaid\n",
            diagram.mermaid(labels.STATES, labels.ACTS),
            "```\n",
        ]
    )
