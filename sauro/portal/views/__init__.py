"""The portal's pages, one file a subject: parse, one call, render."""
