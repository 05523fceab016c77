"""Reading for the desk: the queue, one dossier, what waits for a signature, lists of an office."""
