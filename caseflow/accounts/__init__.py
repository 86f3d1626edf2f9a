"""Users, sign-in, sessions, preferences."""
