"""Pure law of the dossier, as tables and functions of values: no Django, no clock, no database."""
