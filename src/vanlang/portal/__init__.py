"""What a citizen sees first: find a procedure, file it, follow it, check a paper."""
