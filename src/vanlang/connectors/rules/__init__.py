"""When a message is tried again, and when a person must look: pure."""
