"""Commands: keyword-only, one transaction each, audited in it."""

from vanlang.certification.services.cancelling import cancel
from vanlang.certification.services.entering import enter
from vanlang.certification.services.printing import print_book, print_stamps, write_workbook
from vanlang.certification.services.taking import take_in

__all__ = ["cancel", "enter", "print_book", "print_stamps", "take_in", "write_workbook"]
