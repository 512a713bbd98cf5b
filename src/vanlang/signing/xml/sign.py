"""
One enveloped signature in an XML document: XML Signature 1.1 with XAdES baseline properties (ETSI EN 319 132-1, B-B).

    SignedInfo ── Reference ""          the document without its signature, exclusive canonical form, SHA-256
               └─ Reference "#…-signed" when it was signed and with which certificate

lxml (libxml2) brings text into canonical form; the key signs behind its port and never comes here.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib

from asn1crypto.algos import DSASignature
from lxml import etree

from vanlang.signing.errors import UnreadableXmlError
from vanlang.signing.ports import SignatureAlgorithm, SigningKey

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
METHODS = {
    SignatureAlgorithm.RSA_SHA256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    SignatureAlgorithm.ECDSA_SHA256: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
}


def sign(xml: bytes, key: SigningKey, chain: tuple[bytes, ...], *, at: dt.datetime, name: str) -> bytes:
    """
    Return the document with one signature as the last child of its root; `chain` is DER, leaf first; `name` an XML id.

    Raises: UnreadableXmlError for what is no XML, brings a document type of its own, or is signed already.
    """
    root = _read(xml)
    if root.find(f".//{{{DS}}}Signature") is not None:
        raise UnreadableXmlError("signing.xml_signed_already")
    document = _digest(_canonical(root))
    signature = etree.SubElement(root, _ds("Signature"), {"Id": name}, nsmap={"ds": DS})
    told = etree.SubElement(signature, _ds("SignedInfo"))
    value = etree.SubElement(signature, _ds("SignatureValue"))
    certificates = etree.SubElement(etree.SubElement(signature, _ds("KeyInfo")), _ds("X509Data"))
    for certificate in chain:
        etree.SubElement(certificates, _ds("X509Certificate")).text = _base64(certificate)
    properties = _properties(signature, name, chain[0], at)
    etree.SubElement(told, _ds("CanonicalizationMethod"), {"Algorithm": EXCLUSIVE})
    etree.SubElement(told, _ds("SignatureMethod"), {"Algorithm": METHODS[key.algorithm]})
    _reference(told, "", document, (ENVELOPED, EXCLUSIVE))
    _reference(told, f"#{name}-signed", _digest(_canonical(properties)), (EXCLUSIVE,), kind=SIGNED_PROPERTIES)
    value.text = _base64(_raw(key, _canonical(told)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _read(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableXmlError from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableXmlError
    return root


def _properties(signature: etree._Element, name: str, certificate: bytes, at: dt.datetime) -> etree._Element:
    holder = etree.SubElement(signature, _ds("Object"))
    qualifying = etree.SubElement(
        holder, _xades("QualifyingProperties"), {"Target": f"#{name}"}, nsmap={"xades": XADES}
    )
    signed = etree.SubElement(qualifying, _xades("SignedProperties"), {"Id": f"{name}-signed"})
    about = etree.SubElement(signed, _xades("SignedSignatureProperties"))
    etree.SubElement(about, _xades("SigningTime")).text = at.isoformat(timespec="seconds")
    which = etree.SubElement(etree.SubElement(about, _xades("SigningCertificateV2")), _xades("Cert"))
    _digest_of(etree.SubElement(which, _xades("CertDigest")), _digest(certificate))
    return signed


def _reference(
    told: etree._Element, uri: str, digest: bytes, transforms: tuple[str, ...], *, kind: str = ""
) -> None:
    about = {"URI": uri, "Type": kind} if kind else {"URI": uri}
    reference = etree.SubElement(told, _ds("Reference"), about)
    steps = etree.SubElement(reference, _ds("Transforms"))
    for algorithm in transforms:
        etree.SubElement(steps, _ds("Transform"), {"Algorithm": algorithm})
    _digest_of(reference, digest)


def _digest_of(parent: etree._Element, digest: bytes) -> None:
    etree.SubElement(parent, _ds("DigestMethod"), {"Algorithm": SHA256})
    etree.SubElement(parent, _ds("DigestValue")).text = _base64(digest)


def _raw(key: SigningKey, message: bytes) -> bytes:
    """Return a signature as XML Signature writes it: of an elliptic curve, the two numbers side by side."""
    made = key.sign(message)
    if key.algorithm is not SignatureAlgorithm.ECDSA_SHA256:
        return made
    size = (key.signature_size - 9) // 2
    numbers = DSASignature.load(made)
    return b"".join(int(numbers[one].native).to_bytes(size, "big") for one in ("r", "s"))


def _canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _ds(name: str) -> str:
    return f"{{{DS}}}{name}"


def _xades(name: str) -> str:
    return f"{{{XADES}}}{name}"
