"""The law of telling people, as functions of values: texts, times, ways, money, health."""
