"""Places (đơn vị hành chính): administrative units over time, and what an old address is today."""
