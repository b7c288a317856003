// After a list was replaced in place, the focus stays on the field that was changed. Where it was lost,
// it goes to the sentence that says what the list shows now, so that a keyboard or a screen reader
// goes on from there. A screen reader hears the sentence either way.
{
  document.addEventListener("htmx:afterSettle", (event) => {
    const summary = event.target.querySelector?.("[data-summary]");
    if (!summary) return;
    if (document.activeElement !== document.body) {
      document.querySelector("[data-announce]").textContent = summary.textContent;
      return;
    }
    summary.focus({ preventScroll: true });
    const { top } = summary.getBoundingClientRect();
    if (top < 0 || top > innerHeight) summary.scrollIntoView();
  });
}
