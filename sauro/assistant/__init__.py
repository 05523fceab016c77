"""Assistant (trợ lý ảo): answers from what is published, with their sources, or says so."""
