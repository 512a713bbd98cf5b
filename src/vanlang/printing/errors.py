"""
What can go wrong with labels and receipts.

    LayoutRefusedError    a template names what nobody knows, or leaves out what the paper is for     422
    NoSuchPrinterError    there is no such printer, or not of this agency                             404
    NothingToPrintError   nothing was chosen, or the dossier has no code yet                          409
    TooManyLabelsError    more than one file takes: none is left out without a word                   422
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound


class LayoutRefusedError(Invalid):
    code = "printing.empty"


class NoSuchPrinterError(NotFound):
    code = "printing.no_printer"


class NothingToPrintError(Conflict):
    code = "printing.nothing_to_print"


class TooManyLabelsError(Invalid):
    code = "printing.too_many"
