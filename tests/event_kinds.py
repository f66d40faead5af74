"""Every kind of event that exists, wherever in `documents` it is defined."""

from __future__ import annotations

import importlib
import pkgutil

import documents
from documents.events import DocumentEvent, Event


def list_kinds() -> set[type[Event]]:
    """The kinds that can be recorded: those that no other kind is made from."""
    for module in pkgutil.iter_modules(documents.__path__, "documents."):
        importlib.import_module(module.name)
    return {kind for kind in _below(Event) if not kind.__subclasses__()}


def list_document_kinds() -> set[type[DocumentEvent]]:
    """The kinds that happen to a document."""
    return {kind for kind in list_kinds() if issubclass(kind, DocumentEvent)}


def _below(kind: type[Event]) -> set[type[Event]]:
    return {one for sub in kind.__subclasses__() for one in (sub, *_below(sub))}
