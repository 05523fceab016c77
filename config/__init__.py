"""Configuration (cấu hình): settings, addresses, the server and the command line."""
