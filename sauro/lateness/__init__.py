"""Lateness (trễ hạn): who used the time of a case, what will be late, and the apology owed."""
