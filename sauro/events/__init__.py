"""Events (sự kiện): the append-only log of everything that was done, chained by hash."""
