"""The office for programs: JSON under `/api/v1`, by keys, under the same policy as the pages."""
