"""What the tests of this folder share: small datasets, each built once."""

import pytest

import pipeline.check
import pipeline.derive
import pipeline.release
from tests import drawn, worlds


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """A function from rows to the dataset of the small world with them; each is built once."""
    built = {}

    def made(*rows: drawn.Row):
        if rows not in built:
            built[rows] = drawn.dataset(tmp_path_factory.mktemp("world"), rows)
        return built[rows]

    return made


@pytest.fixture(scope="session")
def small(world):
    """The dataset of the small world, as it is."""
    return world()


@pytest.fixture(scope="session")
def peopled(world):
    """The small world with a corpus, and with an event in which one acts on another."""
    return world(*drawn.PEOPLED)


@pytest.fixture(scope="module")
def remembered():
    """Let builds and releases of this process judge, derive and compare the same content once; what
    they write, they write anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (pipeline.check, pipeline.release):
            patch.setattr(module, "check", worlds.judged)
        for module in (pipeline.derive, pipeline.release):
            patch.setattr(module, "derive", worlds.derived)
        patch.setattr(pipeline.release, "diff", worlds.compared)
        yield
