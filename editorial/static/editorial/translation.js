// Keeps the bar under the translation editor true while strings are saved one by one: it names the
// parts that are still marked as incomplete, and says so when none is left. Source and translation say
// in which language they are, for voices and for the browser's spelling check.
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

  const props = JSON.parse(editor?.dataset.props ?? "{}");
  const PARTS = "li:is(.complete, .incomplete, .errored)";

  const say = (selector, code) => {
    for (const element of editor.querySelectorAll(selector)) {
      if (element.lang !== code) element.lang = code;
    }
  };

  const speak = () => {
    say(`${PARTS} > p`, props.sourceLocale.code);
    say(`${PARTS} :is(div > p, textarea)`, props.locale.code);
  };

  const watch = (change) => {
    change();
    new MutationObserver(change).observe(editor, { attributes: true, childList: true, subtree: true });
  };

  if (props.sourceLocale && props.locale) watch(speak);
  if (missing && complete) watch(tell);
}
