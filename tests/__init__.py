"""Tests of the project, room by room."""
