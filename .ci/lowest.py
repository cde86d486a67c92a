"""Print the versions that a file pins, with the lowest that pyproject.toml promises instead.

`python .ci/lowest.py constraints.txt` tells of what the reader needs;
with `build` behind it, also of what that extra needs.
"""

import re
import sys
import tomllib
from pathlib import Path

pins, *extras = sys.argv[1:]
project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
promised = project["dependencies"] + [
    each for extra in extras for each in project["optional-dependencies"][extra]
]
# An extra may promise less of what the reader needs, too: the last word counts.
lowest = dict(re.fullmatch(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)", each).groups() for each in promised)
for line in Path(pins).read_text(encoding="utf-8").splitlines():
    name, _, version = line.partition("==")
    print(f"{name}=={lowest.get(name, version)}" if version else line)
