"""Lighthouse (mobile) on every public page type: the median of some runs in each category.

    python -m bench.lighthouse [--runs 3] [--at http://127.0.0.1:8000] [page…]

Pages are named as in `bench/pages.py`, or given as paths; without one all are measured. Without an
address a portal is started. Where a median is below 100, the audits of the last run that are not
perfect stand beside it. Needs Node with npm, and Chromium.
"""

import argparse
import json
import os
import statistics
import subprocess

from bench.pages import chosen
from bench.server import running
from tests.services import browser_path

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def measure(address: str) -> tuple[dict[str, float], list[str]]:
    """The scores (0–100) of one run, and the audits that are not perfect."""
    run = subprocess.run(
        [
            "npx",
            "--yes",
            "lighthouse@12.8.2",
            address,
            "--output=json",
            "--quiet",
            f"--chrome-flags={FLAGS}",
        ],
        env={**os.environ, "CHROME_PATH": browser_path() or ""},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    report = json.loads(run.stdout)
    scores = {name: report["categories"][name]["score"] * 100 for name in CATEGORIES}
    weak = [
        f"{key} {audit.get('displayValue', '')}".strip()
        for key, audit in report["audits"].items()
        if audit["score"] is not None and audit["score"] < 0.9
    ]
    return scores, weak


def main(names: list[str], runs: int, at: str) -> None:
    print(f"{'page':<18}", *CATEGORIES)
    with running(at) as address:
        for name, path in chosen(names).items():
            results = [measure(address + path) for _ in range(runs)]
            medians = [
                statistics.median(scores[category] for scores, _weak in results)
                for category in CATEGORIES
            ]
            shown = (f"{value:{len(of)}.0f}" for of, value in zip(CATEGORIES, medians, strict=True))
            weak = ", ".join(results[-1][1]) if min(medians) < 100 else ""
            print(f"{name:<18}", *shown, weak, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--at", default="")
    asked = parser.parse_args()
    main(asked.pages, asked.runs, asked.at)
