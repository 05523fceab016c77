"""Rules of payments: the ledger, the QR of a bank transfer, signatures, statements. Pure."""
