"""What can go wrong with forms themselves; what is wrong with answers is a value, not an error."""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotFound


class UnknownFormError(NotFound):
    """No form of this code (and version) is in force."""

    code = "eforms.unknown_form"


class DefinitionBrokenError(Invalid):
    """A definition file has problems; `problems` names them all."""

    code = "eforms.definition_broken"


class DefinitionChangedError(Conflict):
    """A version that dossiers may rest on was changed: a changed form is a new version."""

    code = "eforms.definition_changed"
