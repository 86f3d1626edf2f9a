"""Perception: video in, signals out. Remove it and the case system still works."""
