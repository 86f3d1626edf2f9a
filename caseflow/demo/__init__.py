"""Demo data, plainly marked as such; refuses to start beside real data."""
