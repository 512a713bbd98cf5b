"""Shapes of what an officer sends. Decisions are the commands'."""
