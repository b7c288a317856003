"""Lighthouse (mobile) on the page types: the median of five runs in each category.

    python -m bench.lighthouse [runs]

Needs Node with npm, and Chromium.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys

from bench.server import running

PAGES = {
    "home": "/en/",
    "listing": "/en/stories/",
    "story": "/en/stories/three-real-orders-in-one-term/",
    "search": "/en/search/?q=orders",
}
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
        env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    report = json.loads(run.stdout)
    scores = {name: report["categories"][name]["score"] * 100 for name in CATEGORIES}
    weak = [
        f"{key} {audit.get('displayValue', '')}"
        for key, audit in report["audits"].items()
        if audit["score"] is not None and audit["score"] < 0.9
    ]
    return scores, weak


def main(runs: int) -> None:
    with running() as address:
        for name, path in PAGES.items():
            results = [measure(address + path) for _ in range(runs)]
            medians = {
                category: statistics.median(scores[category] for scores, _weak in results)
                for category in CATEGORIES
            }
            print(
                name,
                " ".join(f"{key} {value:.0f}" for key, value in medians.items()),
                results[-1][1],
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
