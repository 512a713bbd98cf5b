"""How two copies of the same records are compared: pure, on bytes and values."""
