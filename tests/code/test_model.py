"""The drawing of the data model has what the contracts have."""

import re

import schemas
from pipeline.model import data_model

LINE = re.compile(r'    (\w+) }o--(\|\||o\|) (\w+) : "([\w, ]+)"')


def test_every_reference_to_another_table_has_its_line_and_no_other_has():
    drawn = {
        (table, column, other, end)
        for table, end, other, columns in LINE.findall(data_model())
        for column in columns.split(", ")
    }
    meant = {
        (table, column.name, column.reference, "o|" if column.missing or column.nullable else "||")
        for table in schemas.SEEDS
        for column in schemas.seed_columns(table)
        if column.reference and column.reference != table
    }
    assert drawn == meant


def test_every_table_that_people_write_has_its_box():
    boxes = set(re.findall(r"^    (\w+)$", data_model(), re.MULTILINE))
    assert boxes == set(schemas.SEEDS) - {"retired"}
