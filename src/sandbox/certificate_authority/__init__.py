"""
The certificate authority's stand-in: certificates for officers, seals for agencies, time stamps, revocation.

chain.py      root, issuing authority, time-stamp and OCSP certificates, made once per state directory
ledger.py     what was issued and revoked, kept on disk
enrolment.py  from a certificate request to a certificate (PKCS#10 → X.509)
timestamp.py  RFC 3161
revocation.py RFC 6960 (OCSP) and RFC 5280 (CRL)
authority.py  the endpoints
"""
