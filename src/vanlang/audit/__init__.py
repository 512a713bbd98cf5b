"""Memory: an append-only record of acts and reads."""
