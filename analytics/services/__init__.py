"""Changes of this room, each in a transaction of its own."""
