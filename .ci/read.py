"""Fail where the reader does not give what the build wrote, or cannot tell what was known."""

import sys

import eastflank as ef
from eastflank.fingerprint import frame_fingerprint

data = ef.Dataset()
for name in data.names:
    frame = data.load(name)
    if frame_fingerprint(frame, data.key(name)) != frame.attrs["table_fingerprint"]:
        sys.exit(f"{name} has another fingerprint than the build gave it")
past = data.at("2024-12-31")
known = sum(len(past.load(name)) for name in data.names)
print(f"{len(data.names)} tables as they were written, and {known:,} rows as of 2024-12-31")
print(str(ef.record("can-2pct-gdp")).partition("\n")[0])
print(ef.cite("can-2pct-gdp"))
