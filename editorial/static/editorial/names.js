// Gives a name to the fields that Wagtail and wagtail-localize leave without one: rich text, whose
// label belongs to a hidden input; the only field of a block, which the heading of its panel names;
// a string of a translation, which the heading above it names; and the file of an upload. Blocks
// cease to be landmarks: they are many, and often of the same name.
{
  const FIELDS = [
    ".public-DraftEditor-content[role=textbox]",
    "[data-streamfield-child] [data-field-input] :is(input:not([type=hidden]), select, textarea)",
    ".js-translation-editor :is(textarea, input[type=text], input[type=file])",
  ].join();

  const BLOCKS = "[data-streamfield-child] > section[aria-labelledby]";

  const unnamed = (field) =>
    !field.labels?.length && !field.ariaLabel && !field.hasAttribute("aria-labelledby");

  const labelOf = (field) => {
    const input = field.closest("[data-field-input]")?.querySelector("input[type=hidden][id]");
    const label = input && document.querySelector(`label[for="${CSS.escape(input.id)}"][id]`);
    return label?.id || field.closest("[data-panel]")?.querySelector("[data-panel-heading]")?.id;
  };

  const wordsOf = (field) =>
    field.type === "file"
      ? field.closest("form")?.parentElement?.querySelector("p")?.textContent
      : field.closest("li:has(> h3)")?.querySelector("h3")?.textContent;

  const give = () => {
    for (const block of document.querySelectorAll(BLOCKS)) block.removeAttribute("aria-labelledby");
    for (const field of [...document.querySelectorAll(FIELDS)].filter(unnamed)) {
      const translates = field.closest(".js-translation-editor");
      const name = translates ? wordsOf(field) : labelOf(field);
      if (name) field.setAttribute(translates ? "aria-label" : "aria-labelledby", name);
    }
  };

  give();
  new MutationObserver(give).observe(document.body, { childList: true, subtree: true });
}
