"""
A province under load: who does what how often (`mix`), how it is done (`errands`), what drives it (`locustfile`).

The house is served as a pilot runs it (`house`) over a province that was made once (`world`); `steps` decides what is
tried next, `figures` reads what was written down, `memory` what it took. Only `locustfile` and what it alone imports
know locust: it patches the process that imports it, and that is a process of its own.
"""
