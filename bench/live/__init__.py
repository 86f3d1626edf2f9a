"""`make bench-live`: how fast a press is answered and on the screens, on PostgreSQL and Redis, the load included."""
