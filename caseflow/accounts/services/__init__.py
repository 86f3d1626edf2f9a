"""Changes to accounts: signing in, the session's limits, a person's own settings."""
