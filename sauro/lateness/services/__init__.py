"""What lateness does: judge, letters, duties (breaches), reminding, pacing."""
