"""
Figures for machines: how fast requests are answered, what waits, what went wrong (ADR 0027).

    instruments.py   counters and histograms, written by every process of the web and of the jobs
    house.py         figures of the whole house, asked of the database at most every quarter of a minute
    keeping.py       figures of backups, certificates and disks, looked at every five minutes
    page.py          both as one page in Prometheus' words
"""
