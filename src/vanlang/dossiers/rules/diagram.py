"""The table of the flow, drawn: mermaid and markdown from the same lines that decide. Nobody draws a second one."""

from __future__ import annotations

from collections.abc import Mapping

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import FINAL, NATURE, Hat, Party, State
from vanlang.dossiers.rules.transitions import LINES, Line, Reach


def mermaid(states: Mapping[State, str], acts: Mapping[Act, str]) -> str:
    """Return a mermaid state diagram with the given names. An act that stays in its state is left to the table."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{states[state]}" as {state}' for state in State]
    lines.append(f"    [*] --> {State.DRAFT}")
    arrows: dict[tuple[State, State], list[str]] = {}
    for (state, act), entries in LINES.items():
        for to in dict.fromkeys(line.to for line in entries):
            if state is not None and to is not state:
                arrows.setdefault((state, to), []).append(acts[act])
    lines += [f"    {start} --> {to}: {' · '.join(names)}" for (start, to), names in arrows.items()]
    lines += [f"    {state} --> [*]" for state in State if state in FINAL]
    return "\n".join(lines) + "\n"


def markdown_states(
    states: Mapping[State, str], parties: Mapping[Party, str], hats: Mapping[Hat, str]
) -> str:
    """Return the states as a markdown table: national code, who must act, where it lies, which clock."""
    rows = ["| State | Tên | Mã quốc gia | Chờ ai | Nằm ở | Đồng hồ |", "|---|---|---|---|---|---|"]
    for state, nature in NATURE.items():
        who = parties[nature.waits_for] if nature.waits_for else "–"
        where = hats[nature.lies_at] if nature.lies_at else "–"
        rows.append(
            f"| `{state}` | {states[state]} | {nature.national or '–'} | {who} | {where} | `{nature.clock}` |"
        )
    return "\n".join(rows) + "\n"


def markdown_acts(states: Mapping[State, str], acts: Mapping[Act, str], parties: Mapping[Party, str]) -> str:
    """Return the transitions as a markdown table, one row per state and act."""
    rows = ["| Từ | Hành vi | Ai | Đến | Điều kiện |", "|---|---|---|---|---|"]
    for (state, act), lines in LINES.items():
        start = states[state] if state is not None else "(chưa có)"
        for to, guards in dict.fromkeys((line.to, line.guards) for line in lines):
            who = ", ".join(_who(line, parties) for line in lines if (line.to, line.guards) == (to, guards))
            rows.append(f"| {start} | {acts[act]} (`{act}`) | {who} | {states[to]} | {', '.join(guards)} |")
    return "\n".join(rows) + "\n"


def _who(line: Line, parties: Mapping[Party, str]) -> str:
    nearness = {
        Reach.AGENCY: "",
        Reach.UNIT: " (cùng đơn vị đang giữ)",
        Reach.HOLDER: " (đang giữ)",
        Reach.ASKED: " (đơn vị được hỏi)",
    }[line.reach]
    return f"{parties[line.party]}{nearness}"
