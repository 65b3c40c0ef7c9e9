#!/usr/bin/env python3
"""Compares kanwu with other checkers of text on one folder, in one run.

    benches/compare.py KANWU CORPUS [--typos PATH] [--autocorrect PATH] [--runs N] [--files N] [--bytes N]

Cuts CORPUS (a folder of UTF-8 text) into a folder of small files, runs every program over it in turn, N times, and
prints the median wall time, the ratios to kanwu's, and the peak memory. Install the others with
`pip install typos` and `npm install autocorrect-node`; one that is absent is left out.
"""
import argparse, os, resource, shutil, statistics, subprocess, sys, tempfile, time


def pieces(corpus, size):
    """Stretches of about so many bytes, whole lines, from the files of a folder in the order of their names."""
    for folder, folders, names in os.walk(corpus):
        folders.sort()
        for name in sorted(names):
            if not name.endswith((".txt", ".md")):
                continue
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                piece = ""
                for line in file:
                    piece += line
                    if len(piece.encode()) >= size:
                        yield piece
                        piece = ""


def sample(corpus, into, files, size):
    for number, piece in enumerate(pieces(corpus, size)):
        if number == files:
            return number
        with open(os.path.join(into, f"{number:06}.txt"), "w", encoding="utf-8") as file:
            file.write(piece)
    return number + 1


def run(command):
    """Wall seconds, and peak memory in megabytes of the program and what it starts."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main():
    ap = argparse.ArgumentParser(usage=__doc__)
    ap.add_argument("kanwu")
    ap.add_argument("corpus")
    ap.add_argument("--typos", default=shutil.which("typos"))
    ap.add_argument("--autocorrect", default=shutil.which("autocorrect"))
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--files", type=int, default=1000)
    ap.add_argument("--bytes", type=int, default=4500)
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        count = sample(a.corpus, folder, a.files, a.bytes)
        programs = {"kanwu": [a.kanwu, "check", folder, "--format", "jsonl", "--fail-on", "never"]}
        if a.typos:
            programs["typos"] = [a.typos, "--format", "brief", folder]
        if a.autocorrect:
            programs["autocorrect"] = [a.autocorrect, "--lint", folder]
        times, peaks = {name: [] for name in programs}, {}
        for _ in range(a.runs):
            for name, command in programs.items():
                seconds, peak = run(command)
                times[name].append(seconds)
                peaks[name] = max(peak, peaks.get(name, 0))
        own = statistics.median(times["kanwu"])
        print(f"{count} files of about {a.bytes} bytes, {os.cpu_count()} cores, median of {a.runs} runs")
        for name in programs:
            median = statistics.median(times[name])
            print(f"{name:12} {median:8.3f} s   kanwu takes {own / median:6.2f} of it   peak {peaks[name]:6.0f} MB")


if __name__ == "__main__":
    main()
