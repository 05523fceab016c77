"""Reading lateness: one file a page, and what they share."""
