"""Released figures asked further: the explorer of those who read reports, and the page a region opens to everybody."""
