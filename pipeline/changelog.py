"""The newest section of the changelog: of which version and day it tells, under which heads."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A version's section: `day` is what stands in brackets behind the version."""

    version: str
    day: str
    heads: tuple[str, ...]


def newest(changelog: str) -> Section | None:
    """Return the newest section of a changelog, the one that stands first; None if it has none.

    >>> newest("# Changelog\\n\\n## 0.3.0 (2026-11-30)\\n\\n### Data\\n\\n- New rows.\\n")
    Section(version='0.3.0', day='2026-11-30', heads=('Data',))
    """
    sections = re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]
    found = re.match(r"(\S+) \((.+)\)\n", sections[0]) if sections else None
    if found is None:
        return None
    heads = tuple(re.findall(r"^### (.+)$", sections[0], re.MULTILINE))
    return Section(found[1], found[2], heads)
