"""The pages of the desk, by subject; each parses, calls once and renders."""
