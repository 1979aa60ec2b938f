"""Runs scripts one after the other, each in a process of its own in which numpy and pydicom are imported already.

A line of standard input is a JSON list: filter of warnings, file for what is printed on both streams, script, its arguments. The answer
is the status with which the script ended.
"""
import json
import os
import runpy
import sys
import traceback
import warnings

import numpy  # noqa: F401
import pydicom  # noqa: F401


def run(warn, output, *arguments):
    printed = os.open(output, os.O_WRONLY | os.O_TRUNC)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    warnings.resetwarnings()
    warnings.simplefilter(warn)
    sys.argv = list(arguments)
    sys.path.insert(0, os.path.dirname(arguments[0]))
    runpy.run_path(arguments[0], run_name="__main__")


def status(error):
    if error.code is None or isinstance(error.code, int):
        return int(error.code or 0)
    print(error.code, file=sys.stderr)
    return 1


print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 0
        try:
            run(*json.loads(line))
        except SystemExit as error:
            code = status(error)
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
