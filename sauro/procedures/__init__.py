"""Procedure (thủ tục hành chính): the national catalogue, versioned, read, searched and routed."""
