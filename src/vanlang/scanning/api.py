"""
From the scanner into the dossier: many pages, put in order, turned, split into papers.

A *batch* is what one officer is scanning for one dossier. `add_files` takes whatever the scanner's folder holds, pictures
or PDFs; a job looks at each page and warns of a blank, a blurred, a coarse one (`rules/pixels.py`, `rules/sizes.py`), and
the officer decides. `arrange` keeps order, turns, papers and removed pages, so that a reload loses nothing; `file_batch`
makes one PDF of each paper and adds it to the dossier by `dossiers.add_scans`. What nobody comes back to is swept.

A page names the paper that begins with it; pages that name none follow the page before. Twenty pages of three papers
take three choices.
"""

from vanlang.scanning.errors import NoSuchBatchError, NotFiledError, TooMuchError
from vanlang.scanning.queries import find_batch, paper_choices, picture_of
from vanlang.scanning.services import add_files, arrange, discard, examine, file_batch
from vanlang.scanning.types import Arrangement, PageWarning, PaperChoice, ScanBatchCard, ScanPageCard

__all__ = [
    "Arrangement",
    "NoSuchBatchError",
    "NotFiledError",
    "PageWarning",
    "PaperChoice",
    "ScanBatchCard",
    "ScanPageCard",
    "TooMuchError",
    "add_files",
    "arrange",
    "discard",
    "examine",
    "file_batch",
    "find_batch",
    "paper_choices",
    "picture_of",
]
