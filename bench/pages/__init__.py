"""`make bench-pages`: how long the pages of a working day take in a full database, beside a hundredth of it."""
