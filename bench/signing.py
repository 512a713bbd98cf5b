"""
Signatures and verdicts a second, on one core, beside what a user would pick instead: pyHanko as it comes.

    python -m bench.signing [--json] [--seconds 1.5]

The paper has two pages, the key is RSA-2048, the level PAdES B-B. "Visible" draws a mark: pyHanko's own with its built-in font (which
cannot write Vietnamese), ours with an embedded subset of Liberation Serif. Units: per second of processor time, best of three.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable, Sequence

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vanlang.signing.pdf.sign import Order, sign
from vanlang.signing.pdf.verify import Question, examine
from vanlang.signing.tests import papers
from vanlang.signing.tests.pki import AT, Party, World, der, world
from vanlang.signing.types import Validity, VisibleBox

BOX = VisibleBox(page=1, left=300, bottom=100, width=230, height=80)
ROUNDS = 3


def rate(act: Callable[[], object], seconds: float) -> float:
    """Return how often `act` is done in a second of processor time: the best of a few rounds after one to warm up."""
    act()
    best = 0.0
    for _ in range(ROUNDS):
        start, count = time.process_time(), 0
        while (spent := time.process_time() - start) < seconds / ROUNDS or count == 0:
            act()
            count += 1
        best = max(best, count / spent)
    return best


def stock(world: World, party: Party, *, visible: bool) -> Callable[[], bytes]:
    """Return pyHanko's ready-made signing, with its defaults."""
    plain = party.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(der(world.issuing.certificate)))
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(der(party.certificate)),
        signing_key=keys.PrivateKeyInfo.load(plain),
        cert_registry=store,
    )
    field = SigFieldSpec("signature_1", on_page=BOX.page, box=BOX.rectangle) if visible else None
    style = TextStampStyle(stamp_text="Signed by: %(signer)s\nTime: %(ts)s") if visible else None
    meta = signers.PdfSignatureMetadata(
        field_name="signature_1", subfilter=SigSeedSubFilter.PADES, name="Phuc"
    )

    def act() -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(papers.decision()))
        pdf_signer = signers.PdfSigner(meta, signer, stamp_style=style, new_field_spec=field)
        signed: bytes = pdf_signer.sign_pdf(writer).getvalue()
        return signed

    return act


def measure(seconds: float) -> dict[str, float]:
    """Return rates by name, each for work whose result was checked first."""
    here = world()
    signer, party = here.officer()
    question = Question(AT, here.trust)

    def ours(*, visible: bool) -> Callable[[], bytes]:
        order = Order(at=AT, reason="Duyệt", box=BOX if visible else None)
        return lambda: sign(papers.decision(), signer, order).content

    acts = {
        "sign, pyHanko as it comes": stock(here, party, visible=False),
        "sign, pyHanko as it comes, visible": stock(here, party, visible=True),
        "sign, ours": ours(visible=False),
        "sign, ours, visible": ours(visible=True),
    }
    for name, act in acts.items():
        if examine(act(), question).validity is not Validity.VALID:
            raise AssertionError(f"{name}: the signature is not valid")
    signed = ours(visible=True)()
    root = x509.Certificate.load(der(here.root.certificate))

    def stock_verdict() -> object:
        context = ValidationContext(trust_roots=[root], moment=AT)
        return validate_pdf_signature(PdfFileReader(io.BytesIO(signed)).embedded_signatures[0], context)

    acts_of_verdict: dict[str, Callable[[], object]] = {
        "verify, pyHanko as it comes": stock_verdict,
        "verify, ours": lambda: examine(signed, question),
    }
    return {name: rate(act, seconds) for name, act in {**acts, **acts_of_verdict}.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.signing", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=1.5, help="processor time for each line")
    told = parser.parse_args(argv)
    rates = measure(told.seconds)
    factor = {
        "times, invisible": rates["sign, ours"] / rates["sign, pyHanko as it comes"],
        "times, visible": rates["sign, ours, visible"] / rates["sign, pyHanko as it comes, visible"],
    }
    if told.json:
        print(json.dumps({"per_second": rates, "factor": factor}, ensure_ascii=False))
        return 0
    for name, value in {**rates, **factor}.items():
        print(f"{name:<40}{value:>10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
