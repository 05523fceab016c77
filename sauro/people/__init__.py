"""People (con người): persons as the province knows them, and the accounts they sign in with."""
