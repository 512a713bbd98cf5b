"""
How the database changes under a version that goes on running.

A release is installed beside the old one, and its migrations run while the old one still serves. So a migration is judged
twice by the same table of facts (`statements`: which lock a statement takes, and how much it works while it holds it):

- in CI (`manage.py schema check`): what would lock a big table for long, or break the version that still runs, is refused,
  with the safe way to do the same (docs/reference/migrations.md);
- before an upgrade (`manage.py schema plan`): what is pending, against the real sizes of the tables and the measured speed
  of the machine.

`manage.py schema apply` then migrates so that nobody waits for more than two seconds: a lock that does not come at once is
given up and asked for again. The facts themselves are proved against PostgreSQL (kernel/tests/test_schema_locks.py).
"""
