"""Cameras that are watched by themselves: whence their pictures come, who watches them, what becomes of a lesson."""
