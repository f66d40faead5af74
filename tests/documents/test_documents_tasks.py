"""A proposed task without the words of its document."""

from __future__ import annotations

from documents.tasks import ProposedTask, TaskRole


def test_the_audit_gets_a_task_without_the_words_of_the_paper() -> None:
    task = ProposedTask(
        heading="1. Sở", words="Chủ trì", role=TaskRole.LEAD, partners=("Sở Y tế",), phrase="hằng quý", page=3
    )
    bare = task.without_words()
    assert (bare.heading, bare.words, bare.partners) == ("", "", ())
    assert (bare.role, bare.phrase, bare.page) == (TaskRole.LEAD, "hằng quý", 3)
