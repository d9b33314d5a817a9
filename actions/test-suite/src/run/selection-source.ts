/** The part of our pytest plugin that says which tests run and in which order, as text. */

/** Name of the module; the plugin imports it. */
export const selectionModule = 'ci_actions_selection'

/** Written for pytest 7 and later. */
export const selectionSource = `"""Which of the collected tests run, in which order, and what they are called."""

import pytest


class Selection:
    """Runs the tests that are named, whatever else is collected."""

    def __init__(self, only):
        self.only = frozenset(only)
        self.files = frozenset(name.split("::")[0] for name in only)

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path, config):
        if collection_path.suffix != ".py" or collection_path.name == "__init__.py":
            return None
        try:
            relative = collection_path.relative_to(config.rootpath)
        except ValueError:
            return None
        return None if relative.as_posix() in self.files else True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config, items):
        others = [item for item in items if item.nodeid not in self.only]
        if others:
            items[:] = [item for item in items if item.nodeid in self.only]
            config.hook.pytest_deselected(items=others)


class Order:
    """Has the last word about tests and order. All files are collected, since importing them is a part of a run."""

    def __init__(self, kind, ids):
        self.choose = getattr(self, kind)
        self.ids = ids

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, config, items):
        yield
        chosen = self.choose(items)
        kept = {id(item) for item in chosen}
        others = [item for item in items if id(item) not in kept]
        items[:] = chosen
        if others:
            config.hook.pytest_deselected(items=others)

    def exactly(self, items):
        by_id = {}
        for item in items:
            by_id.setdefault(item.nodeid, []).append(item)
        return [item for name in dict.fromkeys(self.ids) for item in by_id.get(name, ())]

    def these(self, items):
        wanted = frozenset(self.ids)
        return [item for item in items if item.nodeid in wanted]

    def until(self, items):
        wanted = frozenset(self.ids)
        last = max((index for index, item in enumerate(items) if item.nodeid in wanted), default=-1)
        return items[: last + 1]


def plain_id(config, nodeid):
    """Without the group that pytest-xdist appends for --dist=loadgroup; a parameter may have an @ of its own."""
    if getattr(config.option, "dist", None) != "loadgroup":
        return nodeid
    start = nodeid.rfind("]") + 1 or nodeid.find("::") + 2
    return nodeid[:start] + nodeid[start:].split("@")[0]


def seed_of(options):
    """Of the order, by whichever plugin shuffles; None where the tests keep theirs."""
    usual = "default:"
    bucket = str(getattr(options, "random_order_bucket", usual))
    seed = str(getattr(options, "random_order_seed", usual))
    given = not (bucket.startswith(usual) and seed.startswith(usual))
    if bucket != "none" and (given or getattr(options, "random_order_enabled", False)):
        return seed[len(usual) :] if seed.startswith(usual) else seed
    if getattr(options, "randomly_reorganize", False):
        return str(options.randomly_seed)
    return None


class Items:
    """How many tests were collected, whoever takes some of them out again."""

    def __init__(self):
        self.items = 0

    def pytest_itemcollected(self, item):
        self.items += 1


class WorkerItems(Items):
    def __init__(self, config):
        super().__init__()
        self.config = config

    def pytest_sessionfinish(self, session):
        self.config.workeroutput["ci_actions_left_out"] = self.items - session.testscollected
`
