/** Our reader of coverage.py's data files, as text: it is written to a temporary folder and run by the project's Python. */

/**
 * Needs coverage.py 5 or later. What it must not do: load the project's plugins, write where it is not told, open files
 * that are not named in the request. A data file names any path it likes, so only those are opened that were found
 * in the repository.
 */
export const dataReaderSource = `"""Reads data files of coverage.py. Loads no plugins, and opens no source that it is not told to."""

import json
import os
import sys

import coverage


reading = {}


def main(task, path):
    with open(path, encoding="utf-8") as file:
        request = json.load(file)
    try:
        answer = {"names": names, "report": report}[task](request)
    except Exception as error:
        # Whatever goes wrong while a data file is read is that file's doing.
        answer = {"problem": str(error) or type(error).__name__}
        if reading:
            answer = {"problem": answer["problem"].replace(reading["path"], "it"), "damaged": reading["index"]}
    with open(request["answer"], "w", encoding="ascii") as file:
        json.dump(answer, file)


def each_data(request):
    for index, path in enumerate(request["data"]):
        reading.update(index=index, path=path)
        data = coverage.CoverageData(basename=path)
        data.read()
        yield data
    reading.clear()


def names(request):
    """What was measured, and what of it only a plugin can read."""
    found = {}
    for data in each_data(request):
        for name in data.measured_files():
            found[name] = data.file_tracer(name) or ""
    return {"files": sorted(found.items())}


def report(request):
    """One JSON report for files that were measured with branches, one for the others: coverage.py does not mix them."""
    sources = {name: path for name, path in request["sources"].items() if is_source(path, request["top"])}
    reports = []
    for branches, data in united(request, sources).items():
        path = os.path.join(request["folder"], "branches.json" if branches else "lines.json")
        config = coverage.Coverage(data_file=data.data_filename())
        for option, value in (("run:plugins", []), ("run:debug", []), ("report:contexts", None)):
            config.set_option(option, value)
        # The project's own floor is not asked here, and a source that cannot be read must not vanish.
        config.set_option("report:fail_under", 0)
        config.set_option("report:ignore_errors", False)
        config.load()
        config.json_report(outfile=path)
        reports.append(path)
    return {"reports": reports, "left": sorted(set(request["sources"]) - set(sources))}


def is_source(path, top):
    inside = os.path.realpath(path).startswith(os.path.realpath(top) + os.sep)
    return inside and os.path.isfile(path)


def united(request, sources):
    found = {}
    for data in each_data(request):
        branches = data.has_arcs()
        measured = {}
        for name in data.measured_files():
            if name in sources:
                what = data.arcs(name) if branches else data.lines(name)
                measured.setdefault(sources[name], set()).update(what or ())
        if not measured:
            continue
        if branches not in found:
            basename = os.path.join(request["folder"], "united-branches" if branches else "united-lines")
            found[branches] = coverage.CoverageData(basename=basename)
        target = found[branches]
        (target.add_arcs if branches else target.add_lines)(measured)
        # Files of which no line ran.
        for source in measured:
            target.touch_file(source)
    for target in found.values():
        target.write()
    return found


main(sys.argv[1], sys.argv[2])
`
