"""Codes in photographs: what a camera saw, read by zxing-cpp."""

from __future__ import annotations

import io
import warnings

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from vanlang.kernel.errors import Refusal

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""A telephone's largest picture; what claims to be larger is a trap for memory."""


def read_code(photo: bytes) -> str | Refusal:
    """Return the text of the QR code in a photograph of an identity card, or why there is none. The photo is not kept."""
    if not photo or len(photo) > MOST_BYTES:
        return Refusal("identity.photo_unreadable")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(photo), formats=("JPEG", "PNG", "WEBP")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return Refusal("identity.photo_unreadable")
                grey = ImageOps.exif_transpose(picture).convert("L")
    except (
        UnidentifiedImageError,
        OSError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        ValueError,
    ):
        return Refusal("identity.photo_unreadable")
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    texts = [one.text for one in found if one.text]
    cards = [text for text in texts if "|" in text]
    return (cards or texts)[0] if texts else Refusal("identity.card_not_in_photo")
