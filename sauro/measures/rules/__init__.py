"""Rules on measures. Pure: counts in, points with their reasons out."""
