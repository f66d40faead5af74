"""A year of an office's life: invented people and papers, real operations, and the laws that must hold."""
