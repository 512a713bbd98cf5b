"""SQL text into statements: quotes, comments and dollar-quoted bodies are left whole."""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"""
    (?P<comment> --[^\n]* | /\*.*?\*/ )
  | (?P<body>    \$(?P<tag>\w*)\$ .*? \$(?P=tag)\$ )
  | (?P<text>    E?'(?:[^'\\]|''|\\.)*' )
  | (?P<name>    "(?:[^"]|"")*" )
  | (?P<end>     ; )
  | (?P<open>    \( )
  | (?P<close>   \) )
  | (?P<comma>   , )
  | (?P<other>   [^-/$'"E;(),]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def statements(script: str) -> list[str]:
    """Return the statements of a script, without comments, each on one line."""
    return [one for part in _cut(script, "end", anywhere=True) if (one := _on_one_line(part))]


def parts(listed: str) -> list[str]:
    """Return what stands between the commas of a list, those inside brackets left alone."""
    return [one for part in _cut(listed, "comma", anywhere=False) if (one := part.strip())]


def without_texts(statement: str) -> str:
    """Return the statement with its string constants and bodies emptied: what is left is grammar and names."""
    return "".join(
        "''" if piece.lastgroup in {"text", "body", "tag"} else piece.group()
        for piece in _PIECE.finditer(statement)
    )


def _cut(text: str, at: str, *, anywhere: bool) -> list[str]:
    found, depth = [""], 0
    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup
        depth += (kind == "open") - (kind == "close")
        if kind == "comment":
            found[-1] += " "
        elif kind == at and (anywhere or depth == 0):
            found.append("")
        else:
            found[-1] += piece.group()
    return found


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
