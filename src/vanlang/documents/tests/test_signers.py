"""On whose behalf an officer signs."""

from __future__ import annotations

import pytest

from vanlang.documents.rules.signers import signer_lines


@pytest.mark.parametrize(
    ("title", "committee", "behalf", "own"),
    [
        ("Chủ tịch UBND", True, "TM. Ủy ban nhân dân", "Chủ tịch"),
        ("Phó Chủ tịch UBND", True, "TM. Ủy ban nhân dân\nKT. Chủ tịch", "Phó Chủ tịch"),
        ("Phó Giám đốc Sở", False, "KT. Giám đốc", "Phó Giám đốc"),
        ("Giám đốc", False, "", "Giám đốc"),
    ],
)
def test_on_whose_behalf_a_leader_signs(title: str, committee: bool, behalf: str, own: str) -> None:
    assert signer_lines(title, is_committee=committee) == (behalf, own)
