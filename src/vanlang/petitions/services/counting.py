"""Which marks half the province writes: counted each night, so that the search for repetitions begins at the rare ones."""

from __future__ import annotations

from django.db import connection, transaction

from vanlang.petitions.models import PetitionCommonMark

COMMON_PERCENT = 1
"""A mark that stands in more than this share of the petitions leads nowhere."""
FEW = 50
"""So many petitions may always share a mark: among few, nothing is common."""
_COUNTED = """
    INSERT INTO petitions_petitioncommonmark (mark, times)
    SELECT mark, count(*) FROM petitions_petition, unnest(sketch) AS mark
    GROUP BY mark HAVING count(*) > greatest(%s, (SELECT count(*) FROM petitions_petition) * %s / 100)
"""


@transaction.atomic
def count_common_marks() -> int:
    """Count anew which marks are common; return how many. Called in the house's scope."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE petitions_petitioncommonmark IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM petitions_petitioncommonmark")
        cursor.execute(_COUNTED, [FEW, COMMON_PERCENT])
    return PetitionCommonMark.objects.count()
