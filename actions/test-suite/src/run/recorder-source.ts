/** Our pytest plugin, as text: it is written to a temporary folder and loaded with `-p`. */

/**
 * Written for pytest 7 and later. It must not change what the project has set: it fills in what is not set (path
 * of the JUnit file, source and reports of coverage), and otherwise only listens. One line a record, written at
 * once, so that what happened before a crash is known.
 */
export const recorderSource = String.raw`"""Records what pytest does, as JSON lines. Only fills in options that the project has not set."""

import json
import os

import pytest
from ci_actions_selection import Items, Order, Selection, WorkerItems, plain_id, seed_of

LONGEST = 32768
KINDS = frozenset(("unit", "integration", "e2e", "security", "performance"))


def settings():
    with open(os.environ["CI_ACTIONS_RECORDER"], encoding="utf-8") as file:
        return json.load(file)


def is_worker(config):
    return hasattr(config, "workerinput")


@pytest.hookimpl(hookwrapper=True)
def pytest_load_initial_conftests(early_config):
    fill_in_coverage(early_config, settings())
    yield


def fill_in_coverage(config, wanted):
    coverage = wanted["coverage"]
    asked = coverage.get("source") is not None
    # pytest-cov starts with the options of the first parsing, workers of xdist get those of the second.
    options = config.known_args_namespace
    by_project = bool(getattr(options, "cov_source", None))
    if not hasattr(options, "cov_source") or not (asked or by_project):
        return
    if not by_project:
        options.cov_source = list(coverage["source"]) or usual_source(options, coverage["otherwise"])
        config.option.cov_source = list(options.cov_source)
    if wanted["again"]:
        os.environ["COVERAGE_FILE"] = coverage["data"]
        options.cov_fail_under = 0
        options.cov_report = {"json": coverage["json"], "xml": coverage["xml"]}
        return
    if not by_project:
        os.environ.setdefault("COVERAGE_FILE", coverage["data"])
    if asked:
        reports = dict(options.cov_report or {"term": None})
        reports.setdefault("json", coverage["json"])
        reports.setdefault("xml", coverage["xml"])
        options.cov_report = reports


def usual_source(options, otherwise):
    import coverage

    config = coverage.Coverage(config_file=options.cov_config).config
    names = ("source", "source_pkgs", "source_dirs", "run_include")
    return [True] if any(getattr(config, name, None) for name in names) else list(otherwise)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    wanted = settings()
    if wanted.get("only") is not None:
        config.pluginmanager.register(Selection(wanted["only"]), "ci-actions-selection")
    if wanted.get("order") is not None:
        config.pluginmanager.register(Order(**wanted["order"]), "ci-actions-order")
    if wanted["again"]:
        config.option.maxfail = 0
    if is_worker(config):
        config.pluginmanager.register(WorkerItems(config), "ci-actions-items")
        return
    if hasattr(config.option, "xmlpath") and (wanted["again"] or config.option.xmlpath is None):
        config.option.xmlpath = wanted["junit"]
    config.pluginmanager.register(Recorder(config, wanted["records"]), "ci-actions-recorder")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    kinds = KINDS.intersection(mark.name for mark in item.iter_markers())
    outcome.get_result().ci_actions_kind = next(iter(kinds)) if len(kinds) == 1 else None
    if call.excinfo is not None:
        # Plain text, which xdist carries over from its workers.
        outcome.get_result().ci_actions_type = call.excinfo.typename


def absolute(path):
    return path and os.path.abspath(os.path.expanduser(os.path.expandvars(path)))


def coverage_reports(asked):
    usual = {"json": "coverage.json", "xml": "coverage.xml"}
    return {kind: absolute(asked[kind] or name) for kind, name in usual.items() if kind in asked}


def message_of(report):
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        return str(crash.message)
    lines = report.longreprtext.splitlines()
    marked = [line[1:].strip() for line in lines if line.startswith("E ")]
    return (marked or [line for line in lines if line.strip()] or [""])[-1 if not marked else 0]


def ending(text):
    return text[-LONGEST:]


class Recorder(Items):
    def __init__(self, config, path):
        super().__init__()
        self.config = config
        self.workers_left_out = 0
        self.last_failed = False
        self.path = path
        self.process = os.getpid()
        self.file = None
        self.failed = 0
        self.seconds = {}

    def write(self, kind, **fields):
        # A test may fork, and its child run on to here.
        if os.getpid() != self.process:
            return
        line = json.dumps({"kind": kind, **fields}) + "\n"
        for last_try in (False, True):
            try:
                if self.file is None:
                    self.file = open(self.path, "a", encoding="ascii", buffering=1)
                self.file.write(line)
                return
            except (OSError, ValueError):
                # A test may close every file there is.
                self.file = None
                if last_try:
                    raise

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self, session):
        options = self.config.option
        coverage = self.config.pluginmanager.get_plugin("_cov")
        memory = self.config.pluginmanager.get_plugin("lfplugin")
        self.last_failed = bool(getattr(options, "lf", False) and getattr(memory, "lastfailed", None))
        self.write(
            "session",
            version=pytest.__version__,
            rootdir=str(self.config.rootpath),
            junit=absolute(options.xmlpath) if self.config.pluginmanager.has_plugin("junitxml") else None,
            coverage={} if coverage is None else coverage_reports(coverage.options.cov_report),
            seed=seed_of(options),
            parallel=bool(getattr(options, "numprocesses", None)),
        )

    def pytest_collectreport(self, report):
        if report.failed:
            self.failed += 1
            self.write("collect-failed", id=report.nodeid, message=message_of(report), text=ending(report.longreprtext))
        elif report.skipped:
            self.write("collect-skipped", id=report.nodeid, reason=reason_of(report))

    def pytest_deselected(self, items):
        self.write("deselected", count=len(items))

    def pytest_runtest_logstart(self, nodeid, location):
        line = location[1]
        self.write("start", id=plain_id(self.config, nodeid), file=location[0], line=None if line is None else line + 1)

    def pytest_runtest_logreport(self, report):
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + getattr(report, "duration", 0)
        if report.failed and not hasattr(report, "wasxfail"):
            self.failed += 1
        context = getattr(report, "context", None)
        if report.passed and (report.when != "call" or context is not None):
            return
        fields = {"id": plain_id(self.config, report.nodeid), "when": report.when, "outcome": report.outcome}
        fields["test_kind"] = getattr(report, "ci_actions_kind", None)
        if hasattr(report, "wasxfail"):
            fields["xfail"] = str(report.wasxfail)
        if context is not None:
            fields["subtest"] = describe_subtest(context)
        if report.outcome == "skipped":
            fields["reason"] = reason_of(report)
        elif not report.passed:
            fields["type"] = getattr(report, "ci_actions_type", None)
            fields["message"] = message_of(report)[:LONGEST]
            fields["text"] = ending(report.longreprtext)
            fields["stdout"] = ending(report.capstdout)
            fields["stderr"] = ending(report.capstderr)
            fields["log"] = ending(report.caplog)
        self.write("report", **fields)

    def pytest_runtest_logfinish(self, nodeid):
        self.write("finish", id=plain_id(self.config, nodeid), seconds=self.seconds.pop(nodeid, 0))

    def pytest_internalerror(self, excrepr):
        self.write("internal-error", text=ending(str(excrepr)))

    def pytest_keyboard_interrupt(self, excinfo):
        self.write("interrupted", text=ending(excinfo.exconly()))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        output = getattr(node, "workeroutput", None) or {}
        self.workers_left_out = max(self.workers_left_out, output.get("ci_actions_left_out", 0))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        stopped = session.shouldfail or session.shouldstop
        left_out = max(self.items - session.testscollected, self.workers_left_out, 0)
        stepwise = getattr(self.config.option, "stepwise", False) and left_out > 0
        self.write(
            "end",
            status=int(exitstatus),
            collected=session.testscollected,
            unattributed=session.testsfailed - self.failed,
            stopped=str(stopped) if stopped else None,
            left_out=left_out,
            narrowed="--last-failed" if self.last_failed else "--stepwise" if stepwise else by_testmon(self.config),
        )


def by_testmon(config):
    selects = getattr(getattr(config, "testmon_config", None), "select", False)
    known = getattr(config.pluginmanager.get_plugin("TestmonSelect"), "deselected_tests", None)
    return "--testmon" if selects and known else None


def reason_of(report):
    if isinstance(report.longrepr, tuple):
        reason = str(report.longrepr[2])
        return reason[9:] if reason.startswith("Skipped: ") else reason
    return message_of(report)


def describe_subtest(context):
    message = getattr(context, "msg", None)
    values = ", ".join(f"{name}={value}" for name, value in dict(getattr(context, "kwargs", {})).items())
    return " ".join(part for part in ([f"[{message}]"] if message else []) + ([f"({values})"] if values else []))
`
