"""Before a dossier is received: drafts, what to ask, formal checks, who really filed."""
