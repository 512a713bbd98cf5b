"""People: citizens, officers, their appointments and roles; who acts, and on whose behalf."""
