"""
How the portal's own records go wrong, on order: some are lost, altered, doubled, or belong to nobody.

Which ones is told by their codes, or by a share and a seed: the same seed picks the same records again. The answer names
every record and what was done to it, so that whoever looks for differences can be checked against it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from sandbox.national_portal.forest import results_of
from sandbox.national_portal.shelf import Entry, Record, Shelf

Order = Mapping[str, object]
WAYS = ("state", "due", "finished", "agency", "results")


def tamper(shelf: Shelf, deed: str, order: Order) -> list[dict[str, object]]:
    """Do one deed to what an order picks; return what was done. Raises: ValueError for an order that picks nothing."""
    chance = random.Random(str(order.get("seed", 0)))  # noqa: S311 - repeatable on purpose
    with shelf.together():
        if deed == "strange":
            return _strange(shelf, order, chance)
        deeds: dict[str, Callable[[Shelf, Entry, Order, random.Random], dict[str, object]]] = {
            "lose": _lose,
            "alter": _alter,
            "double": _double,
        }
        picked = _picked(shelf, order, chance)
        return [
            {"MaHoSo": code, "did": deed, **deeds[deed](shelf, entry, order, chance)}
            for code in picked
            for entry in shelf.find(code)[:1]
        ]


def _picked(shelf: Shelf, order: Order, chance: random.Random) -> Sequence[str]:
    codes = order.get("codes")
    if isinstance(codes, list):
        return [str(code) for code in codes]
    known = shelf.codes()
    if "count" in order:
        return sorted(chance.sample(known, min(int(str(order["count"])), len(known))))
    share = float(str(order.get("share", "")))
    return [code for code in known if chance.random() < share]


def _lose(shelf: Shelf, entry: Entry, order: Order, chance: random.Random) -> dict[str, object]:
    shelf.drop(entry)
    return {}


def _double(shelf: Shelf, entry: Entry, order: Order, chance: random.Random) -> dict[str, object]:
    shelf.put(entry.record, source=entry.source)
    return {}


def _alter(shelf: Shelf, entry: Entry, order: Order, chance: random.Random) -> dict[str, object]:
    way = str(order.get("way") or chance.choice(WAYS))
    changed = _changed(entry.record, way, chance)
    shelf.put(entry.record | changed, source=entry.source, replaces=entry)
    return {
        "way": way,
        "from": {name: entry.record.get(name, "") for name in changed},
        "to": changed,
    }


def _changed(record: Record, way: str, chance: random.Random) -> Record:
    match way:
        case "state":
            others = [str(state) for state in range(1, 11) if str(state) != record.get("TrangThaiHoSo")]
            return {"TrangThaiHoSo": chance.choice(others)}
        case "due":
            return {"NgayHenTra": f"2031{chance.randint(1, 12):02}{chance.randint(1, 28):02}170000"}
        case "finished":
            return {"NgayKetThucXuLy": f"2031{chance.randint(1, 12):02}{chance.randint(1, 28):02}093000"}
        case "agency":
            return {"DonViXuLy": f"{record.get('DonViXuLy', '')}.X{chance.randint(1, 9)}"}
        case "results":
            number = str(len(results_of(record)) + 1)
            rows = record.get("DanhSachGiayToKetQua")
            invented = {
                "MaGiayToKetQua": "KQ.G99.000001",
                "GiayToId": f"{chance.getrandbits(64):016x}",
                "TenGiayTo": number,
            }
            return {"DanhSachGiayToKetQua": [*(rows if isinstance(rows, list) else []), invented]}
    raise ValueError(f"way: {', '.join(WAYS)}")


def _strange(shelf: Shelf, order: Order, chance: random.Random) -> list[dict[str, object]]:
    """Add records that nobody sent, each a likeness of one that is here and was received."""
    models = shelf.codes(received=True)
    if not models:
        raise ValueError("no record to take a likeness of")
    did: list[dict[str, object]] = []
    for _ in range(int(str(order.get("count", 1)))):
        model = shelf.find(chance.choice(models))[0]
        code = _free_code(shelf, str(model.record["MaHoSo"]), chance)
        shelf.put(model.record | {"MaHoSo": code}, source=model.source)
        did.append({"MaHoSo": code, "did": "strange"})
    return did


def _free_code(shelf: Shelf, like: str, chance: random.Random) -> str:
    while True:
        code = f"{like.rsplit('-', 1)[0]}-9{chance.randrange(10**6):06}"
        if not shelf.find(code):
            return code
