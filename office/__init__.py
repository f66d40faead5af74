"""What the organisation does: receive, read, register, assign, notify, remind; settings."""
