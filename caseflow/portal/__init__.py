"""What parents and grown pupils see and do."""
