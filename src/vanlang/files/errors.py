"""
What can go wrong with a file.

    FileRefusedError      it may not be kept; the code says why, labels.py what to do    422
    UnknownFileError      no such file                                                  404
    FileDamagedError      the bytes on disk are not those that were stored              500
    FileInfectedError     a virus was found after it was stored; it is not handed out   409
    FileInUseError        something still refers to it, or its term has not passed      409
    FileStoreFullError    there is no room for it; nothing was kept                     503
"""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, DomainError, Invalid, NotFound


class FileRefusedError(Invalid):
    code = "files.type_not_allowed"


class UnknownFileError(NotFound):
    code = "files.unknown"


class FileDamagedError(DomainError):
    status = 500
    code = "files.damaged"


class FileInfectedError(Conflict):
    code = "files.infected_later"


class FileInUseError(Conflict):
    code = "files.in_use"


class FileStoreFullError(DomainError):
    status = 503
    code = "files.store_full"
