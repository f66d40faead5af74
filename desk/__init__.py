"""Doors for people: pages and commands."""
