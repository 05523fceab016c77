"""The rules of lateness, one subject a file. Pure."""
