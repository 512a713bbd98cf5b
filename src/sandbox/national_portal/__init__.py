"""
The national public service portal as a province meets it: it takes synchronised dossiers, and people file at it.

    portal.py       addresses, sessions, misbehaviour        control.py     what a test or demo may order
    sharing.py      questions                                integrating.py what it is told
    checking.py     what it refuses, with which code         shelf.py       what it holds: one SQLite file
    forest.py       its answer to docs/reference/sentinel.md tampering.py   how its records go wrong
    pushing.py      what it tells the province, in order, until it was taken

What was seen of the real one and what is assumed: docs/reference/national-portal.md
"""
