// The handbook keeps the side that a reader chose for addresses that do not say it (`?for=`).
if (document.querySelector("[data-audience]")) {
  const address = new URL(location.href);
  const asked = address.searchParams.get("for");
  try {
    const kept = localStorage.getItem("handbook:for");
    if (asked) localStorage.setItem("handbook:for", asked);
    else if (kept === "provider" || kept === "company") {
      address.searchParams.set("for", kept);
      location.replace(address);
    }
  } catch {
    // A browser that keeps nothing still has the links.
  }
}
