"""What `build.py` runs, a module a step: read, cells, check, derive, write, describe."""
