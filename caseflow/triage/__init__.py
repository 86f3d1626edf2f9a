"""The one queue in which everything new waits for a human decision."""
