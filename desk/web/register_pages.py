"""Sổ đến: find, print and export the register."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
