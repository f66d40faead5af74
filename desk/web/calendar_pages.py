"""Lịch làm việc: days off, swapped days, and what a change would move."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
