// After a list was replaced in place, the focus goes to the sentence that says what it shows now,
// so that a keyboard or a screen reader goes on from there.
{
  document.addEventListener("htmx:afterSettle", (event) => {
    const summary = event.target.querySelector?.("[data-summary]");
    if (!summary) return;
    summary.focus({ preventScroll: true });
    const { top } = summary.getBoundingClientRect();
    if (top < 0 || top > innerHeight) summary.scrollIntoView();
  });
}
