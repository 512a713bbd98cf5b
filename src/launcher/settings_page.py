"""
docs/reference/settings.md, made from the code that reads the environment and from config/variables.toml, which says what each
variable means: `python -m launcher.settings_page`. A test refuses a variable that is read and not explained, and the reverse.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from launcher.secrets import MAKERS
from launcher.settings import ROOT

READ_IN = ("config", "src/launcher", "src/vanlang")
NAMES = ("VANLANG_", "DJANGO_SETTINGS_MODULE")
HEAD = """# Settings

Everything that differs from place to place comes from the environment: `/etc/vanlang/vanlang.env` on a province's own server
(`deploy/vanlang.env` is the form to fill in), read by systemd and by `/opt/vanlang/vanlang` alike. Printed by
`python -m launcher.settings_page` from the code that reads them and from `config/variables.toml`.

**Secret**: not to be seen by anybody but the service; a secret marked ⚙ is made at the first start and kept in `secrets.json` of the
state folder when the environment does not say it.
"""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment, explained."""

    name: str
    vi: str
    en: str
    secret: bool
    default: str
    """As the code says it; "–" where there is none."""


def read_by_the_code() -> dict[str, str]:
    """Return every variable that the code reads, and its default."""
    found: dict[str, str] = {}
    for folder in READ_IN:
        for path in [ROOT / "vanlang", *sorted((ROOT / folder).rglob("*.py"))]:
            if "tests" not in path.parts and path.name not in {"test.py", "settings_page.py"}:
                for name, default in _asked(ast.parse(path.read_text(encoding="utf-8"))):
                    found[name] = default if found.get(name, "–") in {"–", ""} else found[name]
    return found


def _asked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the variables that a module asks for: `os.environ.get(…)`, `os.environ[…]`, `told.get(…)` of the launcher."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and node.args
        ):
            named = node.args[0]
            if isinstance(named, ast.Constant) and str(named.value).startswith(NAMES):
                yield str(named.value), _said(node.args[1]) if len(node.args) > 1 else "–"
        elif (
            isinstance(node, ast.Subscript)
            and ast.unparse(node.value) == "os.environ"
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.ctx, ast.Load)
        ):
            yield str(node.slice.value), "–"


def _said(default: ast.expr) -> str:
    if isinstance(default, ast.Constant):
        return f"`{default.value!s}`" if default.value else "–"
    if isinstance(default, ast.JoinedStr):
        return "–"
    said = ast.unparse(default)
    return {"ROOT / '.state'": "`.state`"}.get(
        said, f"`{said.replace('STATE / ', 'VANLANG_STATE/').replace(chr(39), '')}`"
    )


def explained() -> dict[str, list[Variable]]:
    """Return the variables by their group, as config/variables.toml has them."""
    told = tomllib.loads((ROOT / "config" / "variables.toml").read_text(encoding="utf-8"))
    defaults = read_by_the_code()
    return {
        group: [
            Variable(
                name,
                said["vi"],
                said["en"],
                said.get("secret", False),
                said.get("default", defaults.get(name, "–")),
            )
            for name, said in listed.items()
        ]
        for group, listed in told.items()
    }


def page() -> str:
    """Return the page."""
    lines = [HEAD]
    for group, variables in explained().items():
        lines += [f"## {group}", "", "| Variable | Default | Nghĩa | Meaning |", "|---|---|---|---|"]
        for one in variables:
            mark = " **secret**" + (" ⚙" if one.name in MAKERS else "") if one.secret else ""
            lines.append(f"| `{one.name}`{mark} | {one.default} | {one.vi} | {one.en} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
