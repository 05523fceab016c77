"""Portal (cổng dịch vụ công): the citizen's front door, phone first, from question to result."""
