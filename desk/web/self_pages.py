"""Cá nhân: language, notices, password, calendar address."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
