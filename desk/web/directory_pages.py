"""Danh bạ: people, units, other names, absences, issuing agencies."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
