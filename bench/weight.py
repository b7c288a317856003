"""What every public page type weighs over the wire, in how many requests, and whether any leaves the portal.

    python -m bench.weight [--at http://127.0.0.1:8000] [page…]

Pages are named as in `bench/pages.py`, or given as paths; without one all are measured, each in a
browser that has nothing of the portal yet. Without an address a portal is started.
"""

import argparse

from playwright.sync_api import Browser, sync_playwright

from bench.pages import chosen
from bench.server import running
from tests.services import browser_path


def weigh(browser: Browser, address: str) -> tuple[list[float], list[str]]:
    """The bytes of each answer as they came, compressed, and the addresses that were asked for."""
    context = browser.new_context()
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[float] = []
    urls: list[str] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: urls.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    context.close()
    return sizes, urls


def main(names: list[str], at: str) -> None:
    with running(at) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path in chosen(names).items():
            sizes, urls = weigh(browser, address + path)
            strange = [url for url in urls if not url.startswith((address, "data:"))]
            parties = f"third parties: {strange}" if strange else "no third party"
            print(f"{name:<18} {sum(sizes) / 1000:6.1f} KB in {len(sizes)} requests, {parties}")
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--at", default="")
    asked = parser.parse_args()
    main(asked.pages, asked.at)
