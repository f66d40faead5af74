"""Every kind of event that exists, wherever in `documents` it is defined."""

from __future__ import annotations

import importlib
import pkgutil

import documents
from documents.events import DocumentEvent, Event


def list_kinds() -> set[type[Event]]:
    """The kinds that can be recorded: those that no other kind is made from."""
    modules = [
        importlib.import_module(m.name) for m in pkgutil.iter_modules(documents.__path__, "documents.")
    ]
    # Not by __subclasses__: a dataclass with slots leaves the class it was made from among them.
    kinds = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Event)
    }
    return {
        kind for kind in kinds if not any(other is not kind and issubclass(other, kind) for other in kinds)
    }


def list_document_kinds() -> set[type[DocumentEvent]]:
    """The kinds that happen to a document."""
    return {kind for kind in list_kinds() if issubclass(kind, DocumentEvent)}
