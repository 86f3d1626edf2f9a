"""Alert rows, per-user cursor, sockets."""
