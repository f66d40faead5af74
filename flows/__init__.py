"""The door for the clock: thin Prefect flows, schedules, the processor's sessions."""
