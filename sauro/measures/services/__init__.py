"""Keeping the facts current."""
