"""What is done with drafts: drafting and publishing."""
