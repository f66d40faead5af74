"""Nhật ký: read the audit and check that it is whole."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
