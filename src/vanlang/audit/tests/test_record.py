from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from vanlang.audit.api import list_records, record_act, record_read
from vanlang.audit.models import Record
from vanlang.audit.tests.actors import SOMEBODY
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.scope import Scope, acting

pytestmark = pytest.mark.django_db


def test_an_act_is_remembered_with_who_and_in_which_role(at: dt.datetime) -> None:
    record_act(act="tests.pour", actor=SOMEBODY, object_type="tea", object_id=1, at=at, facts={"cups": 2})
    (line,) = list_records(object_type="tea", object_id=1)
    assert (line.act, line.account_id, line.appointment_id, line.facts) == ("tests.pour", 5, 9, {"cups": 2})


def test_a_read_without_a_purpose_is_refused(at: dt.datetime) -> None:
    with pytest.raises(ValueError, match="purpose"):
        record_read(act="tests.look", actor=SOMEBODY, object_type="tea", object_id=1, purpose=" ", at=at)


@pytest.mark.parametrize("change", [lambda rows: rows.update(act="x"), lambda rows: rows.delete()])
@pytest.mark.parametrize("as_table_owner", [False, True])
def test_a_line_is_never_changed(change: object, as_table_owner: bool, at: dt.datetime) -> None:
    record_act(act="tests.pour", actor=SOMEBODY, object_type="tea", object_id=1, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        if as_table_owner:
            with as_owner():
                change(Record.objects.all())  # type: ignore[operator]
        else:
            change(Record.objects.all())  # type: ignore[operator]
    assert list_records(object_type="tea", object_id=1)[0].act == "tests.pour"


def test_an_agency_sees_its_own_lines(at: dt.datetime) -> None:
    record_act(act="tests.pour", actor=SOMEBODY, object_type="tea", object_id=1, at=at)
    with acting(Scope.officer(3)):
        assert len(list_records(object_type="tea", object_id=1)) == 1
    with acting(Scope.officer(4)):
        assert list_records(object_type="tea", object_id=1) == []
