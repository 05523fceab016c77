"""Core (lõi): plain values and the few tools that every module shares; no tables, no templates."""
