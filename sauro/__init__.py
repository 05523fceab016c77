"""Sáu Rõ: everything a province owes someone is a case, and each step of it has six clarities."""
