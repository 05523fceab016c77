"""Rules of the assistant. Pure: what is asked in, what is meant and what is said out."""
