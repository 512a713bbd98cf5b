"""How an officer signs: on whose behalf, and as what. Law: unverified (Decree 30/2020/NĐ-CP, seen in summaries)"""

from __future__ import annotations

import re

from vanlang.kernel.vietnamese import normalise


def signer_lines(title: str, *, is_committee: bool) -> tuple[str, str]:
    """Return on whose behalf, and as what: "TM. Ủy ban nhân dân\\nKT. Chủ tịch", "Phó Chủ tịch"."""
    own = re.sub(r"\s+(UBND|Ủy ban nhân dân|Sở)\b.*$", "", normalise(title))
    deputy_of = re.sub(r"^Phó\s+", "", own, flags=re.IGNORECASE)
    behalf = ["TM. Ủy ban nhân dân"] * is_committee
    if deputy_of != own:
        behalf.append(f"KT. {deputy_of[:1].upper()}{deputy_of[1:]}")
    return "\n".join(behalf), own
