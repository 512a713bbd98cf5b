"""Places: agencies, their names over time, units, mergers, national codes."""
