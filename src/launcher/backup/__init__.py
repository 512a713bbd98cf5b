"""
Backup, restore and the drill: database, file store and secrets together, sealed, while everything runs (ADR 0025).

    keys, sealing     the key outside the database; parts that cannot be read, changed, cut or swapped without it
    cluster           the running PostgreSQL: a base copy from its replication door, so that no snapshot is held open
    contents          the file store: content-addressed, so what is there is not copied again
    household         what the database cannot be opened without: secrets, trusted roots, the agencies' templates
    copies            a backup's database, started on a private address, to be looked at and thrown away
    facts             what a database says of itself: counts, constraints, the log's blocks, the contents that it names
    repository        the folder: finished backups, and none that is half
    taking, restoring, drilling, command

A backup is finished when its own copy was started from what was written, and everything that the copy names is in the
file part. It imports nothing of vanlang: it must work when Django cannot start.
"""

from __future__ import annotations

from launcher.settings import STATE


def finish_restore(url: str) -> None:
    """Carry a restore that was cut short in its last step to its end. Whoever starts the installation calls it first."""
    from launcher.backup.places import Place
    from launcher.backup.restoring import finish_pending, is_pending

    if is_pending(STATE):
        finish_pending(Place.here(url, STATE))
