"""What we speak of: documents, pages, boxes, findings, people, decisions, events and errors.

Everything here is a value: no room below this one, no database, no clock, no file.
"""
