"""What the home page weighs over the wire, in how many requests, and whether any leaves the portal.

python -m bench.weight
"""

import shutil

from playwright.sync_api import sync_playwright

from bench.server import running


def main() -> None:
    with running() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for path in ("/en/", "/fi/", "/en/stories/", "/en/stories/three-real-orders-in-one-term/"):
            context = browser.new_context()
            page = context.new_page()
            client = context.new_cdp_session(page)
            client.send("Network.enable")
            sizes: list[float] = []
            urls: list[str] = []
            client.on(
                "Network.loadingFinished",
                lambda event, s=sizes: s.append(event["encodedDataLength"]),
            )
            page.on("request", lambda request, u=urls: u.append(request.url))
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            strange = [url for url in urls if not url.startswith((address, "data:"))]
            print(
                f"{path}: {sum(sizes) / 1000:.1f} KB in {len(sizes)} requests, third parties: {strange}"
            )
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
