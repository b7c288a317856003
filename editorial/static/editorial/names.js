// Gives a name to the fields that Wagtail leaves without one: rich text, whose label belongs to a
// hidden input, and the only field of a block, which the heading of its panel names. Blocks cease to
// be landmarks: they are many, and often of the same name.
{
  const FIELDS = [
    ".public-DraftEditor-content[role=textbox]",
    "[data-streamfield-child] [data-field-input] :is(input:not([type=hidden]), select, textarea)",
  ].join();

  const BLOCKS = "[data-streamfield-child] > section[aria-labelledby]";

  const unnamed = (field) =>
    !field.labels?.length && !field.ariaLabel && !field.hasAttribute("aria-labelledby");

  const labelOf = (field) => {
    const input = field.closest("[data-field-input]")?.querySelector("input[type=hidden][id]");
    const label = input && document.querySelector(`label[for="${CSS.escape(input.id)}"][id]`);
    return label?.id || field.closest("[data-panel]")?.querySelector("[data-panel-heading]")?.id;
  };

  const give = () => {
    for (const block of document.querySelectorAll(BLOCKS)) block.removeAttribute("aria-labelledby");
    for (const field of [...document.querySelectorAll(FIELDS)].filter(unnamed)) {
      const label = labelOf(field);
      if (label) field.setAttribute("aria-labelledby", label);
    }
  };

  give();
  new MutationObserver(give).observe(document.body, { childList: true, subtree: true });
}
