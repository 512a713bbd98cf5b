"""
Labels and receipts on paper of exact size, for the printers that a commune has.

A *stock* is a kind of paper: a roll of labels 50 × 30, a sheet of 24 labels 70 × 37, thermal rolls of 58 and 80
millimetres, A5. A *printer* of an agency holds one stock and prints a known bit beside the mark; each workstation chooses
its own. A *layout* is what the agency writes for a stock: lines with facts in braces, from `documents`' dictionary. One
that names what nobody knows, or leaves out what the paper is for, is refused with the fact named, and the one before
stays; the versions are kept.

    pdf = print_dossiers([id], stock=Stock.LABEL, printer=printer, address_of=…, actor=officer, at=now)
"""

from vanlang.printing.cards import LayoutCard, PrinterCard
from vanlang.printing.errors import LayoutRefusedError, NoSuchPrinterError, NothingToPrintError
from vanlang.printing.queries import get_layout, get_printer, list_printers
from vanlang.printing.rules.stocks import Stock
from vanlang.printing.services import (
    print_dossiers,
    print_sample,
    print_test_page,
    save_layout,
    save_printer,
)

__all__ = [
    "LayoutCard",
    "LayoutRefusedError",
    "NoSuchPrinterError",
    "NothingToPrintError",
    "PrinterCard",
    "Stock",
    "get_layout",
    "get_printer",
    "list_printers",
    "print_dossiers",
    "print_sample",
    "print_test_page",
    "save_layout",
    "save_printer",
]
