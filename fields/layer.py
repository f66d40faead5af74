"""The file's own text as a paper of its own: a source beside the picture."""

from __future__ import annotations

from dataclasses import replace

from documents.page import Paper, Source


def page_source(paper: Paper) -> Source:
    """Return where the words of page 1 come from."""
    page = paper.page(1)
    return page.source if page else Source.OCR


def layer_paper(paper: Paper) -> Paper | None:
    """Return `paper` as its own text has it; None when it has none, or when that is what was read already."""
    if not paper.text_layer or page_source(paper) is Source.TEXT_LAYER:
        return None
    return replace(paper, pages=paper.text_layer, text_layer=())
