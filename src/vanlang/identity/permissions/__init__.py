from vanlang.identity.permissions.marking import (
    access_of,
    citizen_required,
    officer_required,
    officer_required_before_second_factor,
    public,
    sign_in_url,
    signed_in_required,
)
from vanlang.identity.permissions.second_factor import (
    has_fresh_second_factor,
    has_recent_sign_in,
    lacks_second_factor,
    needs_second_factor,
    require_fresh_second_factor,
)

__all__ = [
    "access_of",
    "citizen_required",
    "has_fresh_second_factor",
    "has_recent_sign_in",
    "lacks_second_factor",
    "needs_second_factor",
    "officer_required",
    "officer_required_before_second_factor",
    "public",
    "require_fresh_second_factor",
    "sign_in_url",
    "signed_in_required",
]
