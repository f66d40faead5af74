"""Makes `ocr/data/pen_digits.onnx`, which reads digits written by pen; the product never imports it.

See README.md in this folder for the commands, the sources and the measured errors.
"""
