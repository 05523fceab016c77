"""What the portal's pages show, one file a subject."""
