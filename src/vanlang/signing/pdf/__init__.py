"""
Signatures in PDF files: bytes in, bytes or values out. No Django, no database, no clock, no network.

der.py        the few shapes of DER that a signature is written in
cms.py        a PAdES signature container from precomputed pieces
font.py       a font subset to embed with a visible mark
stamp.py      the visible mark
sign.py       one signature more in a file
integrity.py  was a file changed after it was signed
verify.py     who signed, and whether that can be trusted
"""
