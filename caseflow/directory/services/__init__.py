"""Changes to the directory, each in a transaction."""
