from vanlang.signing.services.credentials import enrol_agency, enrol_officer, revoke, trust_root
from vanlang.signing.services.signing import seal_xml, sign_pdf
from vanlang.signing.services.verification import verify_pdf

__all__ = ["enrol_agency", "enrol_officer", "revoke", "seal_xml", "sign_pdf", "trust_root", "verify_pdf"]
