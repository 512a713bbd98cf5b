"""Pages as scanners deliver them, drawn: what the thresholds of `rules/pixels.py` must keep apart."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

import vanlang.documents

FONT = Path(vanlang.documents.__file__).parent / "fonts" / "LiberationSerif-Regular.ttf"
DPIS = (150, 200, 300)
Draw = Callable[[], Image.Image]
PAPER = 250


def empty(dpi: int = 200) -> Image.Image:
    return Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), PAPER)


def written(dpi: int = 200, *, lines: int = 34, ink: int = 20, size: int = 13) -> Image.Image:
    """Return a page of text in a printed letter."""
    page = empty(dpi)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), round(size * dpi / 72))
    for line in range(lines):
        at = (dpi, dpi * 0.8 + line * size * 1.5 * dpi / 72)
        pen.text(
            at,
            f"Ủy ban nhân dân phường Việt Trì xác nhận nội dung dòng {line:02d} của giấy tờ này",
            font=font,
            fill=ink,
        )
    return page


def noisy(page: Image.Image) -> Image.Image:
    """Return a page with the grain of a scanner."""
    return ImageChops.add(page, Image.effect_noise(page.size, 8), scale=1, offset=-128)


def specked(page: Image.Image, count: int) -> Image.Image:
    """Return a page with dust: dots of one to three pixels."""
    dust, pen = random.Random(7), ImageDraw.Draw(page)
    for _ in range(count):
        x, y, width = dust.randrange(page.width), dust.randrange(page.height), dust.choice([1, 1, 2])
        pen.ellipse((x, y, x + width, y + width), fill=dust.randrange(60, 140))
    return page


def showing_through(dpi: int = 200) -> Image.Image:
    """Return an empty side through which the text of the other one is seen."""
    back = written(dpi).transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(dpi / 100))
    return Image.blend(empty(dpi), back, 0.22)


def black_edged(page: Image.Image) -> Image.Image:
    """Return a page with the shadow of the scanner's lid at its left."""
    ImageDraw.Draw(page).rectangle((0, 0, page.width * 0.008, page.height), fill=60)
    return page


def blurred(dpi: int, hundredths: float) -> Image.Image:
    """Return a page out of focus. Units: radius in hundredths of an inch."""
    return written(dpi).filter(ImageFilter.GaussianBlur(dpi * hundredths / 100))


def skewed(dpi: int) -> Image.Image:
    return written(dpi).rotate(3, Image.Resampling.BICUBIC, fillcolor=PAPER)


def stamped(dpi: int) -> Image.Image:
    """Return a page with nothing but a seal and a signature."""
    page = empty(dpi)
    pen = ImageDraw.Draw(page)
    pen.ellipse((3 * dpi, 5 * dpi, 4.3 * dpi, 6.3 * dpi), outline=110, width=max(2, dpi // 60))
    pen.line(
        [(4 * dpi + x, 6 * dpi + (x * 7919 % 60)) for x in range(0, dpi, 12)],
        fill=90,
        width=max(2, dpi // 80),
    )
    return page


def readable() -> dict[str, Draw]:
    """Return pages of which nothing must be said, each drawn when it is asked for."""
    found: dict[str, Draw] = {
        "at 100 dpi": partial(written, 100),
        "at 75 dpi": partial(written, 75),
    }
    for dpi in DPIS:
        found |= {
            f"clean, {dpi}": partial(written, dpi),
            f"faint, {dpi}": partial(written, dpi, ink=140),
            f"skewed, {dpi}": partial(skewed, dpi),
            f"one line, {dpi}": partial(written, dpi, lines=1),
            f"three small lines, {dpi}": partial(written, dpi, lines=3, size=10),
            f"a little soft, {dpi}": partial(blurred, dpi, 0.33),
            f"black edge, {dpi}": lambda dpi=dpi: black_edged(written(dpi)),
            f"dusty, {dpi}": lambda dpi=dpi: specked(written(dpi), 600),
        }
    return found


def blank() -> dict[str, Draw]:
    """Return pages on which there is nothing to read."""
    found: dict[str, Draw] = {}
    for dpi in DPIS:
        found |= {
            f"empty, {dpi}": partial(empty, dpi),
            f"specks, {dpi}": lambda dpi=dpi: specked(empty(dpi), 300),
            f"dust, {dpi}": lambda dpi=dpi: specked(empty(dpi), 1500),
            f"show-through, {dpi}": partial(showing_through, dpi),
            f"black edge, {dpi}": lambda dpi=dpi: black_edged(empty(dpi)),
        }
    return found


def out_of_focus() -> dict[str, Draw]:
    return {
        f"radius {radius}, {dpi}": partial(blurred, dpi, radius)
        for dpi in DPIS
        for radius in (1.0, 1.5, 2.0, 3.0)
    }


def packed(page: Image.Image, kind: str = "JPEG", dpi: int = 200, **more: object) -> bytes:
    """Return a page as a scanner's file."""
    out = io.BytesIO()
    page.save(out, format=kind, dpi=(dpi, dpi), **more)
    return out.getvalue()
