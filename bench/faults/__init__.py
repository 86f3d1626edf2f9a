"""`make bench-faults`: what a long row of faults, mixed by a seed, loses or shows twice."""
