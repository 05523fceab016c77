"""What a draft of a process is, what is wrong with it, and how it is carried elsewhere. Pure."""
