"""How a process is locked down before it opens what strangers sent: the base of perception and of the case system."""
