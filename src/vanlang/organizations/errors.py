from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound


class UnknownAgencyError(NotFound):
    code = "organizations.unknown_agency"


class ReorganizationError(Conflict):
    code = "organizations.reorganization_refused"


class AgencyCodeError(Invalid):
    code = "organizations.code_malformed"
