"""One module a format, one function a module: a stream and the file's name become Records, and Problems of what is none.

A new format is a module here and a line in `corpus.FORMATS`.
"""
