"""Giám sát: what is late, who has it, and how much everybody has."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
