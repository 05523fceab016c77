"""Pages of the hall: for those who wait, and for those who call."""
