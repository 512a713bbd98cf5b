"""
Bring the borrowed styles, scripts and fonts into the house, once, and prove that they are still the same.

Installing Văn Lang needs no Node: the files are committed. Whoever renews them runs, with npm at hand,

    python -m vanlang.ui.vendor fetch      take each archive, check its hash, change it, write the files
    python -m vanlang.ui.vendor check      compare the committed files with vendor.toml (a test does the same)

`vendor.toml` names package, version, the hash of its archive, and for each file where it comes from, what is
changed in it and the hash of the result. To take a newer version: change `version`, run `fetch --renew`, read the diff.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "ui" / "vendor"
MANIFEST = VENDOR / "vendor.toml"


@dataclass(frozen=True, slots=True)
class BorrowedFile:
    """One file of a package, as we ship it."""

    source: str
    """Path inside the package's archive."""
    target: str
    """Path below the vendor folder."""
    changes: tuple[str, ...]
    """Names in `CHANGES`, applied in order."""
    sha256: str
    """Hash of the result."""


@dataclass(frozen=True, slots=True)
class BorrowedPackage:
    """One package of the npm registry, pinned by the hash of its archive."""

    name: str
    version: str
    licence: str
    archive_sha256: str
    files: tuple[BorrowedFile, ...]


# --- what is changed in a borrowed file ---------------------------------------------------------


def without_source_map(text: str) -> str:
    """Drop `sourceMappingURL` lines: the maps are not shipped, and hashed static names would look for them."""
    return re.sub(r"\n?(?://[#@]|/\*[#@])\s*sourceMappingURL=[^\n*]*(?:\*/)?\n?", "\n", text)


def without_transport_font(text: str) -> str:
    """Replace GDS Transport, which is not ours to use and lacks 93 Vietnamese letters, by our own stack."""
    text = re.sub(r"\s*/\*!.*?Margaret Calvert.*?\*/", "", text)
    text = re.sub(r"@font-face\{font-family:GDS Transport;.*?\}", "", text)
    return text.replace("GDS Transport,arial,sans-serif", "var(--vl-font)").replace(
        "GDS Transport", "var(--vl-font)"
    )


def without_crest(text: str) -> str:
    """Drop the rules that draw the crown and the royal coat of arms."""
    text = re.sub(r"@media[^{}]*\{\.govuk-footer__copyright-logo:before\{[^}]*\}\}", "", text)
    text = re.sub(r"@supports[^{}]*\{\.govuk-footer__copyright-logo:before\{[^}]*\}\}", "", text)
    return re.sub(r"\.govuk-footer__(?:crown|copyright-logo)[^{}]*\{[^}]*\}", "", text)


CHANGES: dict[str, Callable[[str], str]] = {
    "without_source_map": without_source_map,
    "without_transport_font": without_transport_font,
    "without_crest": without_crest,
}


# --- reading and checking -----------------------------------------------------------------------


def read_manifest(path: Path = MANIFEST) -> tuple[BorrowedPackage, ...]:
    """Return the packages that vendor.toml names."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        BorrowedPackage(
            name=package["name"],
            version=package["version"],
            licence=package["licence"],
            archive_sha256=package["archive_sha256"],
            files=tuple(
                BorrowedFile(
                    source=file["source"],
                    target=file["target"],
                    changes=tuple(file.get("changes", ())),
                    sha256=file["sha256"],
                )
                for file in package["file"]
            ),
        )
        for package in document["package"]
    )


def problems(folder: Path = VENDOR) -> Iterator[str]:
    """Yield one line per committed file that is missing, changed, or named by nobody."""
    known = {
        "vendor.toml",
        "govuk/LICENSE.txt",
    }  # govuk-frontend's archive carries no licence file; ours is beside it
    for package in read_manifest(folder / "vendor.toml"):
        for file in package.files:
            known.add(file.target)
            path = folder / file.target
            if not path.is_file():
                yield f"{file.target}: missing"
            elif _sha256(path.read_bytes()) != file.sha256:
                yield f"{file.target}: differs from vendor.toml"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known:
            yield f"{name}: not named in vendor.toml"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- fetching -----------------------------------------------------------------------------------


def _pack(package: BorrowedPackage, into: Path) -> Path:
    subprocess.run(  # noqa: S603 - fixed program, name and version from our own list
        ["npm", "pack", "--silent", "--pack-destination", str(into), f"{package.name}@{package.version}"],  # noqa: S607 - the maintainer's npm
        check=True,
        cwd=into,
        stdout=subprocess.DEVNULL,
    )
    return next(into.glob("*.tgz"))


def _changed(file: BorrowedFile, content: bytes) -> bytes:
    if not file.changes:
        return content
    text = content.decode("utf-8")
    for name in file.changes:
        text = CHANGES[name](text)
    return text.encode("utf-8")


def fetch(*, renew: bool, say: Callable[[str], None]) -> int:
    """Write every borrowed file. With `renew`, accept new hashes into vendor.toml; return the number of differences."""
    manifest = MANIFEST.read_text(encoding="utf-8")
    differences = 0

    def accept(kind: str, expected: str, found: str) -> None:
        nonlocal manifest, differences
        if expected != found:
            differences += 1
            say(f"{kind}: expected {expected}, found {found}")
            manifest = manifest.replace(expected, found) if renew and expected else manifest

    for package in read_manifest():
        with tempfile.TemporaryDirectory() as folder:
            archive = _pack(package, Path(folder))
            accept(f"{package.name} {package.version}", package.archive_sha256, _sha256(archive.read_bytes()))
            if differences and not renew:
                return differences
            with tarfile.open(archive) as tar:
                for file in package.files:
                    member = tar.extractfile(f"package/{file.source}")
                    content = _changed(file, member.read() if member else b"")
                    accept(file.target, file.sha256, _sha256(content))
                    target = VENDOR / file.target
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
    if renew:
        MANIFEST.write_text(manifest, encoding="utf-8")
    return differences


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(argv: list[str] | None = None) -> int:
    """Run `check` or `fetch`; return 0 when every file is what vendor.toml says."""
    parser = argparse.ArgumentParser(
        prog="vanlang.ui.vendor", description=__doc__.splitlines()[1] if __doc__ else ""
    )
    parser.add_argument("what", choices=["check", "fetch"])
    parser.add_argument("--renew", action="store_true", help="accept new hashes into vendor.toml")
    options = parser.parse_args(argv)
    if options.what == "fetch":
        return 0 if fetch(renew=options.renew, say=_say) == 0 or options.renew else 1
    found = list(problems())
    for line in found:
        _say(line)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
