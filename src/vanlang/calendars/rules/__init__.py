"""The law of counting, as functions of values: no Django, no clock, no database."""
