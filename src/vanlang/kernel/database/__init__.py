"""Django's PostgreSQL backend, with the row-level-security scope of the caller written into each connection."""
