"""
Files: store, check, hash, retain.

Whatever a person hands in enters here, once, by `store`. What a file is, is read from its bytes (a name proves
nothing); what cannot be opened, hides something, runs something or would burst when unpacked is refused with a
sentence that says what to do. What stays lies on disk under its own hash, so equal content is kept once and a
changed byte is noticed at the next `read`. A virus scanner, where there is one, is asked on the way in; when it
does not answer, the file is kept as UNSCANNED and a job asks later, because nobody queues at a counter for it.

`files` knows no dossier and no right: who may open a file is decided by the app whose row points at it, which
asks here by id and hands the bytes to the browser with `download_response`. A file to which nothing points and
whose term has passed may be `remove`d.
"""

from vanlang.files.errors import (
    FileDamagedError,
    FileInfectedError,
    FileInUseError,
    FileRefusedError,
    FileStoreFullError,
    UnknownFileError,
)
from vanlang.files.events import FileFoundInfected
from vanlang.files.queries import check_some, get_file, get_files, list_unscanned, read
from vanlang.files.rules.kinds import FileKind
from vanlang.files.rules.names import safe_name
from vanlang.files.rules.policies import IMAGES_ONLY, PAPERS, PDF_ONLY, TABLES, Policy
from vanlang.files.services.downloads import download_response
from vanlang.files.services.pictures import count_pages, opened_pdf, page_image, page_picture
from vanlang.files.services.store import remove, store, store_again_from
from vanlang.files.types import FileCard, ScanState

__all__ = [
    "IMAGES_ONLY",
    "PAPERS",
    "PDF_ONLY",
    "TABLES",
    "FileCard",
    "FileDamagedError",
    "FileFoundInfected",
    "FileInUseError",
    "FileInfectedError",
    "FileKind",
    "FileRefusedError",
    "FileStoreFullError",
    "Policy",
    "ScanState",
    "UnknownFileError",
    "check_some",
    "count_pages",
    "download_response",
    "get_file",
    "get_files",
    "list_unscanned",
    "opened_pdf",
    "page_image",
    "page_picture",
    "read",
    "remove",
    "safe_name",
    "store",
    "store_again_from",
]
