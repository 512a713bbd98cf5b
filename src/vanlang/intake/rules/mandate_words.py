"""
What one agrees to when another acts for them, in words that can be read aloud.

Short sentences, one thing each, the same on paper and on screen: what is confirmed by voice at a counter must be what
stands on the slip.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence


def confirmation(
    *,
    principal: str,
    agent: str,
    procedures: Sequence[str],
    valid_from: dt.date,
    valid_to: dt.date | None,
) -> tuple[str, ...]:
    """Return the sentences that the principal confirms. `procedures`: names; empty for every procedure."""
    what = "mọi thủ tục hành chính" if not procedures else "; ".join(procedures)
    return (
        f"{principal} đồng ý để {agent} làm thay việc nộp hồ sơ, bổ sung giấy tờ và theo dõi hồ sơ.",
        f"Việc được làm thay: {what}.",
        f"Ủy quyền {_period(valid_from, valid_to)}.",
        f"{principal} vẫn là người đứng tên hồ sơ và vẫn tự làm được mọi việc.",
        "Ủy quyền chấm dứt bất cứ lúc nào: trên Cổng dịch vụ công hoặc tại Bộ phận Một cửa.",
    )


def _period(valid_from: dt.date, valid_to: dt.date | None) -> str:
    begins = f"có hiệu lực từ ngày {valid_from:%d/%m/%Y}"
    if valid_to is None:
        return f"{begins} cho đến khi chấm dứt"
    return f"{begins} đến hết ngày {valid_to - dt.timedelta(days=1):%d/%m/%Y}"
