"""Reads of this room, scoped to an actor wherever a person is behind them."""
