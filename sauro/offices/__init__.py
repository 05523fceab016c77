"""Offices (cơ quan): agencies, posts and officials of the province, and the days they work."""
