"""One-stop shop (một cửa): dossiers from filing to result, whoever handles them."""
