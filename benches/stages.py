#!/usr/bin/env python3
"""Instructions per character by stage: benches/stages.py KANWU PATH…

Runs `KANWU check` on one thread under `valgrind --tool=callgrind` and prints what each stage takes, with all that it
calls, per character of the manuscripts. Instructions repeat from run to run, whatever else the machine is doing. A fact is
counted where it is first asked for, so the first mechanism that needs it pays. Needs valgrind.
"""
import json, re, subprocess, sys, tempfile

STAGES = [
    ("whole program", r"kanwu::main$"),
    ("reading rules (once)", r"kanwu::rule::registry::wake$"),
    ("reading files", r"kanwu::engine::open::open$"),
    ("laying out", r"kanwu::manuscript::layout::lay_out$"),
    ("  classifying", r"kanwu::manuscript::classify::classify$"),
    ("  normalising", r"kanwu::manuscript::normalise::normalise$"),
    ("finding literals", r"kanwu::scan::Scan::hits$"),
    ("all checks", r"kanwu::engine::run$"),
]
MECHANISM = re.compile(r"kanwu::check::(\w+)::(?:compile::\{\{closure\}\}|\w+::check\w*)$")
ROW = re.compile(r"^\s*([\d,]+)\s+\([\s\d.]+%\)\s+\S*?:(.+?)(?:'\d+)? \[")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with tempfile.NamedTemporaryFile() as out:
        command = [*sys.argv[1:2], "check", *sys.argv[2:], "--threads", "1", "--format", "json", "--fail-on", "never"]
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}"]
        told = subprocess.run(valgrind + command, capture_output=True, text=True, check=True).stdout
        table = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", out.name]
        rows = subprocess.run(table, capture_output=True, text=True, check=True).stdout
    characters = sum(file["characters"] for file in json.loads(told)["files"])
    found = {}
    for row in map(ROW.match, rows.splitlines()):
        if row:
            found[row[2]] = max(found.get(row[2], 0), int(row[1].replace(",", "")))
    print(f"{characters} characters\n\n| stage | instructions per character |\n|---|--:|")
    line = lambda name, count: print(f"| {name} | {count / characters:.0f} |")
    for name, pattern in STAGES:
        line(name, sum(count for function, count in found.items() if re.search(pattern, function)))
    by = {}
    for function, count in found.items():
        mechanism = MECHANISM.search(function)
        if mechanism:
            by[mechanism[1]] = by.get(mechanism[1], 0) + count
    for mechanism, count in sorted(by.items(), key=lambda row: -row[1]):
        line(f"  `{mechanism}`", count)


if __name__ == "__main__":
    main()
