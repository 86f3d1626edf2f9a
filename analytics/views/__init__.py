"""Pages of this room. Each view makes one domain call."""
