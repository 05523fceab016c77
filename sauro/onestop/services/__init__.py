"""What can be done to a dossier, one file for each part of its way."""
