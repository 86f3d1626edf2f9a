"""Measuring the product from outside: its own processes, its own databases, real sockets. Nothing imports this."""
