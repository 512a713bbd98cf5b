"""Commands of the counter's day: one transaction each."""
