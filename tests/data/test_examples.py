"""The examples in the docstrings of the package give what stands under them."""

import doctest
import importlib
import pkgutil

import pytest

import eastflank

MODULES = [
    module.name
    for module in pkgutil.walk_packages(eastflank.__path__, "eastflank.")
    if not module.name.startswith("eastflank.dataset")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_at_all():
    found = doctest.DocTestFinder(exclude_empty=True)
    tests = [test for name in MODULES for test in found.find(importlib.import_module(name))]
    assert sum(bool(test.examples) for test in tests) > 10
