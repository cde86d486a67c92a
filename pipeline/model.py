"""The data model as a drawing in Mermaid, made from the references of the contracts."""

import schemas

LEFT_OUT = ("retired",)
"""The tables that refer to no record and to which none refers."""

ALWAYS, MAYBE = "||", "o|"
"""How Mermaid writes that a row has one record of another table, or may have one."""


def data_model() -> str:
    """Return the drawing: a box for each table that people write, and a line for each reference.

    A line from a table leads to the one whose id its column carries. References of a table to
    itself are told in its contract; drawn, they would only hide the others.
    """
    lines = ["erDiagram"]
    for table in schemas.SEEDS:
        if table in LEFT_OUT:
            continue
        lines.append(f"    {table}")
        to: dict[tuple[str, str], list[str]] = {}
        for column in schemas.seed_columns(table):
            if column.reference and column.reference != table:
                end = MAYBE if column.missing or column.nullable else ALWAYS
                to.setdefault((column.reference, end), []).append(column.name)
        for (other, end), columns in to.items():
            lines.append(f'    {table} }}o--{end} {other} : "{", ".join(columns)}"')
    lines.append('    evidence }o..|| "any record" : "record_table, record_id"')
    return "\n".join(lines) + "\n"
