"""
Stand-ins for the outside world: each a real server on a loopback port, with real protocol and real cryptography.

The platform and the sandbox meet only on the wire: neither imports the other. What a stand-in can do
that the real system cannot is misbehave on demand, so that the platform's manners towards a slow, lying
or absent partner are tested and not hoped for. Nothing here may serve anyone but a developer's machine.

    identity_provider       the national identity provider: OpenID Connect, a page where one picks a test person
    certificate_authority   certificates for officers and seals for agencies, RFC 3161 time stamps, OCSP, CRL
    payment_platform        the national payment platform: a page to pay on, callbacks, refunds, statements
    post_office             mail server, text messages, browser push, a messenger
    national_portal         the national public service portal: takes synchronised dossiers, and people file at it

`python -m sandbox --state DIR` starts all of them; `sandbox.servers.running(DIR)` does so inside a test.
"""
