"""Unusual motion before a corridor or yard camera: flow, the camera's usual motion, events, and the clip out of
memory. It is about motion, not persons: nothing here looks for a person or a face."""
