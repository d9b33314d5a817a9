"""Imports test files of small trees for real, each in a process of its own; JSON lines in, JSON lines out."""
import importlib
import importlib.util
import json
import os
import sys
import tempfile
import unittest.mock  # noqa: F401  loaded once, not in each process

sys.dont_write_bytecode = True


def load_conftests(root, test):
    folder = root
    for part in ["", *os.path.dirname(test).split("/")]:
        folder = os.path.join(folder, part)
        path = os.path.join(folder, "conftest.py")
        if os.path.exists(path):
            spec = importlib.util.spec_from_file_location("conftest", path)
            spec.loader.exec_module(importlib.util.module_from_spec(spec))


def outcome(root, test):
    folder, name = os.path.split(test)
    sys.path[:0] = [os.path.join(root, folder), root, os.path.join(root, "src")]
    try:
        load_conftests(root, test)
        return ["passed", importlib.import_module(name[:-3]).VALUE]
    except BaseException as error:
        return ["failed", type(error).__name__]


def apart(root, test):
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write, json.dumps(outcome(root, test)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return json.loads(text)


for line in sys.stdin:
    tree = json.loads(line)
    with tempfile.TemporaryDirectory() as root:
        for path, content in tree.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w") as file:
                file.write(content)
        tests = [path for path in tree if os.path.basename(path).startswith("test_")]
        print(json.dumps({test: apart(root, test) for test in tests}), flush=True)
