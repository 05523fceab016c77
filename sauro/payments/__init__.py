"""Payments (thu phí, lệ phí): what is owed, how it is paid, and a ledger that closes to zero."""
