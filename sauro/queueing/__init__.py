"""Queueing (lấy số, gọi số): who waits at a centre, who is called next, how long it took."""
