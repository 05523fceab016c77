"""Measures (số đo): figures from work, defined once, each with how it came about."""
