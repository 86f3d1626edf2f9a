"""Pages of the explorer, of the choice of what is published, and of what is published."""
