"""Words to meaning: one module for each printed field, each finding with its place; and what to doubt."""
