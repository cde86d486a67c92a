"""What the dataset is called, whose it is, under which licences, and where it is to be had.

Each of these facts stands here once; citations, descriptors and pages are made of them. An address
is empty until there is one; none is invented.
"""

TITLE = "Eastflank: an open dataset of Euro-Atlantic security commitments"

SUBTITLE = "Who promised what, by when, who says so, and what became of it"

AUTHOR = "Eastflank contributors"

DESCRIPTION = (
    "An open, citable dataset of Euro-Atlantic security: who promised what, by when, who says so, "
    "and what became of it. It starts from one article of July 2024, codes texts and lists whole, "
    "sets independent sources against each claim, and follows every promise to the closing day."
)

KEYWORDS = ("NATO", "defence", "commitments", "event data", "Euro-Atlantic security")

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
"""The licence of the data; the code is under the MIT licence."""

ADDRESS = ""
"""The base address under which records and tables have their pages, ending in a slash."""

REPOSITORY = ""
"""The address of the repository, where an error can be reported."""


def permanent(name: str) -> str:
    """Return the permanent address of a record or table, by its id or name;
    empty as long as there is no base address.

    >>> permanent("can-2pct-gdp")
    ''
    """
    return f"{ADDRESS}r/{name}/" if ADDRESS else ""
