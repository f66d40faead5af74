"""Draws papers as an office would scan them, worn and stamped, for the demo and the tests.

`paper` says what stands on a paper, `setting` places its words, `drawing` paints and stamps the pages,
`wearing` wears them, `files` and `electronic` save them. `papers` is the gallery, `office` the invented
office it comes to.
"""
