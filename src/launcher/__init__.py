"""What turns a bare machine into a running Văn Lang: environment, PostgreSQL, processes. Imports nothing of vanlang."""
