"""Append-only entries of who did and who read what, sealed into a hash chain."""
