"""Pure decisions of this room: who may, what fits, how codes read."""
