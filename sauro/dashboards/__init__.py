"""Figures seen (bảng điều hành): the wall, tables, and the dossiers behind every number."""
