"""Quy tắc: tables, drafts, dry runs and approvals."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
