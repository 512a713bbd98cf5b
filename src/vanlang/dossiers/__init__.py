"""A dossier from receipt to delivery: states, seats, clocks, legal acts. Enter by `api`."""
