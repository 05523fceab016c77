"""What a page of the portal asks and says, one file a subject. Pure."""
