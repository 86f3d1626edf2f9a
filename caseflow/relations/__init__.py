"""Who is around a pupil: family, friends, helpers, and pupils of the same incidents; never a ranking."""
