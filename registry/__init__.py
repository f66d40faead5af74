"""What is remembered: tables, the book (one open book is one transaction), audit, outbox, queue."""
