// Where the style sheet cannot show the facets beside the list while their <details> is closed,
// they are opened. When a choice was applied at once, what was open stays open and the focus stays
// on that choice.
{
  let chosen = "";
  let opened = false;
  const facets = () => document.querySelector("details[data-facets]");

  const open = () => {
    if (!facets() || CSS.supports("selector(::details-content)")) return;
    if (matchMedia("(width >= 60rem)").matches) facets().open = true;
  };

  open();
  document.addEventListener("htmx:beforeSwap", (event) => {
    const cause = event.detail.requestConfig.triggeringEvent;
    chosen = cause?.type === "change" ? cause.target.id : "";
    opened = chosen && facets()?.open;
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (opened) facets().open = true;
    open();
    const field = document.getElementById(chosen);
    if (!field) return;
    const more = field.closest(".facet-more");
    if (more) more.open = true;
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "nearest" }); // the list may have become shorter
  });
}
