"""Pixels to words: opens files, makes page pictures, runs Tesseract, sets stamps apart.

The only room that touches images.
"""
