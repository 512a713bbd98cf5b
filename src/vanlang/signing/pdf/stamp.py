"""
The visible mark of a signature: a thin frame, who signed, for which agency, when.

The mark proves nothing; the signature does. It is drawn so that a reader of a print-out knows where to look. The time is written as
ISO 8601, as the official form of electronic signatures on documents wants it. Law: unverified
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from vanlang.signing.pdf.font import FontSubset, subset_for
from vanlang.signing.types import SignerKind

LARGEST, WHOLE, SMALLEST, STEP = 11.0, 8.0, 4.5, 0.25
"""Type sizes in points: lines stay whole down to `WHOLE`, below that they are broken."""

LEADING = 1.22
MARGIN = 3.0

INK = {SignerKind.PERSON: "0.05 0.20 0.55", SignerKind.SEAL: "0.75 0.05 0.05"}
"""Blue for a person, red for an agency's seal, as on paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a visible mark says."""

    kind: SignerKind
    name: str
    title: str
    agency: str
    at: datetime

    def lines(self) -> list[str]:
        """Return the sentences of the mark, one a line; a seal names the agency only."""
        when = f"Thời gian ký: {self.at.isoformat(timespec='seconds')}"
        if self.kind is SignerKind.SEAL:
            return [f"Cơ quan: {self.agency}", when]
        who = [f"Người ký: {self.name}"] + ([f"Chức vụ: {self.title}"] if self.title else [])
        return [*who, f"Cơ quan: {self.agency}", when]

    def letters(self) -> str:
        """Return every letter that the mark of this signer can need, sorted; the time adds only plain digits."""
        return "".join(sorted(set("".join(self.lines()))))


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines broken to fit a box, and the size at which they do."""

    size: float
    lines: tuple[str, ...]


def lay_out(lines: Sequence[str], font: FontSubset, width: float, height: float) -> Layout:
    """Return the largest type size at which `lines` fit: whole if they can be read so, else broken between words."""
    inner, room = width - 2 * MARGIN, (height - 2 * MARGIN) / LEADING
    whole = min(LARGEST, inner / max(map(font.width, lines)), room / len(lines))
    if whole >= WHOLE:
        return Layout(whole, tuple(lines))
    size = LARGEST
    while True:
        broken = tuple(piece for line in lines for piece in _break(line, font, inner / size))
        if len(broken) * size <= room or size <= SMALLEST:
            return Layout(size, broken)
        size -= STEP


def _break(line: str, font: FontSubset, width: float) -> list[str]:
    pieces: list[str] = []
    for word in line.split():
        joined = f"{pieces[-1]} {word}" if pieces else word
        if pieces and font.width(joined) <= width:
            pieces[-1] = joined
        else:
            pieces.append(word)
    return pieces


def content(mark: Mark, font: FontSubset, width: float, height: float) -> bytes:
    """Return the drawing instructions of the mark."""
    layout = lay_out(mark.lines(), font, width, height)
    ink = INK[mark.kind]
    block = len(layout.lines) * layout.size * LEADING
    top = (height + block) / 2 - layout.size * font.ascent / 1000
    shown = "\n".join(f"<{font.encode(line)}> Tj T*" for line in layout.lines)
    return (
        f"q {ink} RG 0.8 w 0.4 0.4 {width - 0.8:.2f} {height - 0.8:.2f} re S\n"
        f"BT {ink} rg /F {layout.size:.2f} Tf {layout.size * LEADING:.2f} TL {MARGIN:.2f} {top:.2f} Td\n"
        f"{shown}\nET Q"
    ).encode()


def draw(writer: BasePdfFileWriter, annotation: generic.DictionaryObject, mark: Mark) -> None:
    """Give the annotation of a signature field its appearance."""
    left, bottom, right, top = (float(number) for number in annotation["/Rect"])
    width, height = abs(right - left), abs(top - bottom)
    font = subset_for(mark.letters())
    resources = generic.DictionaryObject(
        {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F"): _embed(writer, font)})}
    )
    form = _stream(
        content(mark, font, width, height),
        {
            "/Type": pdf_name("/XObject"),
            "/Subtype": pdf_name("/Form"),
            "/BBox": _numbers(0, 0, width, height),
            "/Resources": resources,
        },
    )
    appearance = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
    annotation[pdf_name("/AP")] = appearance
    writer.update_container(annotation)


def _embed(writer: BasePdfFileWriter, font: FontSubset) -> generic.IndirectObject:
    """Write the font as a Type 0 font with glyph numbers as codes, and the way back to text."""
    name = pdf_name(f"/{font.name}")
    descriptor = _descriptor(font, program=writer.add_object(_program(font)))
    descendant = _descendant(font, descriptor=writer.add_object(descriptor))
    return writer.add_object(
        _dictionary(
            {
                "/Type": pdf_name("/Font"),
                "/Subtype": pdf_name("/Type0"),
                "/BaseFont": name,
                "/Encoding": pdf_name("/Identity-H"),
                "/DescendantFonts": generic.ArrayObject([writer.add_object(descendant)]),
                "/ToUnicode": writer.add_object(_stream(_to_unicode(font), {})),
            }
        )
    )


def _program(font: FontSubset) -> generic.StreamObject:
    """Return the font's own file."""
    about = {
        pdf_name("/Filter"): pdf_name("/FlateDecode"),
        pdf_name("/Length1"): generic.NumberObject(font.program_size),
    }
    return generic.StreamObject(generic.DictionaryObject(about), encoded_data=font.program)


def _descriptor(font: FontSubset, *, program: generic.IndirectObject) -> generic.DictionaryObject:
    """Return how large and how heavy the font is."""
    return _dictionary(
        {
            "/Type": pdf_name("/FontDescriptor"),
            "/FontName": pdf_name(f"/{font.name}"),
            "/Flags": generic.NumberObject(4),  # symbolic: codes are glyph numbers
            "/FontBBox": _numbers(*font.box),
            "/ItalicAngle": generic.NumberObject(0),
            "/Ascent": generic.NumberObject(font.ascent),
            "/Descent": generic.NumberObject(font.descent),
            "/CapHeight": generic.NumberObject(font.cap_height),
            "/StemV": generic.NumberObject(80),
            "/FontFile2": program,
        }
    )


def _descendant(font: FontSubset, *, descriptor: generic.IndirectObject) -> generic.DictionaryObject:
    """Return the font as the Type 0 font refers to it: its widths by glyph number."""
    widths = _numbers(*(font.widths[number] for number in sorted(font.widths)))
    collection = {
        "/Registry": generic.TextStringObject("Adobe"),
        "/Ordering": generic.TextStringObject("Identity"),
        "/Supplement": generic.NumberObject(0),
    }
    return _dictionary(
        {
            "/Type": pdf_name("/Font"),
            "/Subtype": pdf_name("/CIDFontType2"),
            "/BaseFont": pdf_name(f"/{font.name}"),
            "/CIDSystemInfo": _dictionary(collection),
            "/FontDescriptor": descriptor,
            "/W": generic.ArrayObject([generic.NumberObject(0), widths]),
            "/CIDToGIDMap": pdf_name("/Identity"),
        }
    )


def _to_unicode(font: FontSubset) -> bytes:
    """Return the map from glyph numbers to text, so that the mark can be searched, copied and read aloud."""
    pairs = [
        f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, glyph in font.glyphs.items()
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


def _stream(data: bytes, entries: dict[str, generic.PdfObject]) -> generic.StreamObject:
    head = _dictionary({"/Filter": pdf_name("/FlateDecode"), **entries})
    return generic.StreamObject(head, encoded_data=zlib.compress(data))


def _dictionary(entries: dict[str, generic.PdfObject]) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(key): value for key, value in entries.items()})


def _numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(
        [
            generic.NumberObject(value) if isinstance(value, int) else generic.FloatObject(f"{value:.2f}")
            for value in values
        ]
    )
