"""Questions of the counter's day; answers are frozen cards."""
