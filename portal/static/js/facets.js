// Where the style sheet cannot show the facets beside the list while their <details> is closed,
// they are opened.
{
  const open = () => {
    if (CSS.supports("selector(::details-content)")) return;
    if (!matchMedia("(width >= 60rem)").matches) return;
    for (const facets of document.querySelectorAll("details[data-facets]")) facets.open = true;
  };

  open();
  document.addEventListener("htmx:afterSwap", open);
}
