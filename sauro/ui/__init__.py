"""User interface (giao diện): tokens, components and base pages of every screen."""
