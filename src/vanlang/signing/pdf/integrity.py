"""
Was a file changed after it was signed?

Stricter than pyHanko's own rules, which let any form field be filled in after a signature: here a later revision may add proof material
(time stamps, revocation answers) or a further signature, and nothing else. An addition that only a further signature explains
counts as a change when that signature is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import byte_range_digest
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(field_rules=[SigFieldCreationRule(), SigFieldModificationRule()]),
)
"""What may be added to a signed file: no rule here lets an ordinary form field change."""


_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_BLANKS = b"\x00\t\n\x0c\r "


@dataclass(frozen=True, slots=True)
class Finding:
    """What the bytes of a file say about one signature in it; trust is another question."""

    covers_whole_file: bool
    changed_after: bool
    digest_matches: bool
    """The file's bytes have the digest that was signed."""

    @property
    def is_sound(self) -> bool:
        return self.digest_matches and not self.changed_after


def signatures_in(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """Return the filled signature fields of a file, in the order in which they were made."""
    if "/AcroForm" not in reader.root:
        return []
    found = [
        EmbeddedPdfSignature(reader, field, name)
        for name, _value, field in enumerate_sig_fields(reader, filled_status=True)
    ]
    return sorted(found, key=lambda one: one.signed_revision)


def findings(reader: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature]) -> list[Finding]:
    """Return a finding for each of `signatures`, which are in the order of their making."""
    results: list[Finding] = []
    later_signs, loose_end = False, has_loose_end(reader)
    for signature in reversed(signatures):
        signature.compute_integrity_info(diff_policy=POLICY)
        finding = Finding(
            covers_whole_file=signature.coverage is SignatureCoverageLevel.ENTIRE_FILE,
            changed_after=loose_end or _is_changed(signature, later_signs=later_signs),
            digest_matches=_digest_matches(signature),
        )
        results.append(finding)
        later_signs = later_signs or (finding.is_sound and signature.sig_object_type == "/Sig")
    return results[::-1]


def has_loose_end(reader: PdfFileReader) -> bool:
    """
    Say whether bytes stand behind the end of the last revision that no reader is told to read.

    They change nothing for a reader that keeps to the rules; but readers differ, and who signed did not sign them.
    """
    last = reader.xrefs.total_revisions - 1
    reader.stream.seek(reader.xrefs.get_startxref_for_revision(last))
    behind = reader.stream.read()
    end = _END.search(behind)
    return end is None or bool(behind[end.end() :].strip(_BLANKS))


def _is_changed(signature: EmbeddedPdfSignature, *, later_signs: bool) -> bool:
    level = getattr(signature.diff_result, "modification_level", ModificationLevel.OTHER)
    allowed = signature.docmdp_level
    if allowed is not None and level.value > allowed.value:
        return True
    tolerated = ModificationLevel.FORM_FILLING if later_signs else ModificationLevel.LTA_UPDATES
    return bool(level > tolerated)


def _digest_matches(signature: EmbeddedPdfSignature) -> bool:
    """Compare the digest of the file's bytes with the one that the signer signed (or the time stamp stamped)."""
    _, digest = byte_range_digest(
        signature.reader.stream, signature.byte_range, signature.external_md_algorithm
    )
    content = signature.signed_data["encap_content_info"]
    if content["content_type"].native == "tst_info":
        stamped: bytes = content["content"].parsed["message_imprint"]["hashed_message"].native
        return stamped == digest
    for attribute in signature.signer_info["signed_attrs"]:
        if attribute["type"].native == "message_digest":
            signed: bytes = attribute["values"][0].native
            return signed == digest
    return False
