// Keeps the bar under the translation editor true while strings are saved one by one: it names the
// parts that are still marked as incomplete, and says so when none is left.
{
  const editor = document.querySelector(".js-translation-editor");
  const missing = document.querySelector("[data-translation-missing]");
  const complete = document.querySelector("[data-translation-complete]");

  const tell = () => {
    if (!editor.querySelector("li > h3")) return;
    const names = [...editor.querySelectorAll("li.incomplete")].map(
      (part) => part.closest("li:has(> h3)")?.querySelector("h3").textContent ?? "",
    );
    missing.hidden = names.length === 0;
    complete.hidden = names.length > 0;
    missing.querySelector("span").textContent = [...new Set(names)].join(", ");
  };

  if (editor && missing && complete) {
    new MutationObserver(tell).observe(editor, { attributes: true, childList: true, subtree: true });
  }
}
