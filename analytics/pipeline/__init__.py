"""Perception: video in, windows and day statistics out. Knows no framework, keeps no frame, names no emotion."""
