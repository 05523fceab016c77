"""Workloads of the hot paths (đo tốc độ), each beside raw PostgreSQL doing the same."""
