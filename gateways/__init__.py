"""Neighbours that may be down or slow: file store, intake folder, mail."""
