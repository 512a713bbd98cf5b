"""
A synthetic province: the house at its real size, filled with people who are nobody.

What is measured, what is broken on purpose and what is restored must be as large and as uneven as the real thing, and
must not be about anybody. So one command makes a province of a size and a seed: agencies with the workloads and the
lateness that the national portal publishes of them, officers, citizens in households, enterprises, and the lives of
their dossiers up to an instant. The same seed gives the same rows on a fresh database.

The knowledge is not here. Each app that owns a table owns the statement that fills it (`dossiers.api.generating`,
`payments.api.generating`, `petitions.api.generating`, `identity.api.synthetic`, `audit.api.record_acts_from`,
`documents.api.number_from`, `files.api.store_again_from`), and a life is planned beside the table that it obeys. This
app decides how many, who and where, and puts the parts in order: it is a mouth, and stands on the top floor. See
docs/adr/0023.
"""

from vanlang.province.errors import ProvinceNotEmptyError
from vanlang.province.services.founding import Founded, found
from vanlang.province.types import SIZES, Plan, Size

__all__ = ["SIZES", "Founded", "Plan", "ProvinceNotEmptyError", "Size", "found"]
