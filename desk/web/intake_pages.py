"""Tiếp nhận: what waits, oldest first; and the clerk's desk of one document."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
