"""The version of the dataset and of the code, which are released together,
and the day it closes on.

Between releases the version has a suffix, so that nothing built in between passes for a release.
"""

VERSION = "0.7.0.dev0"

CLOSING = "2026-12-01"
"""The closing day: nothing is read after it, and the published state is what was known on it."""
