"""Decisions: who, by when, and why; tables as data beside the code."""
