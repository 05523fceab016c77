"""What a legal text says about itself, and what is asked of it; pure."""
