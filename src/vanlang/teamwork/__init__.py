"""The officers' day: what people who work on dossiers together need beside the acts."""
