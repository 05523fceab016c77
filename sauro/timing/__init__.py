"""Timing (đồng hồ pháp lý): the working calendar for people: seen, changed, explained."""
