// While somebody types into a search field, titles that begin so are offered below it: a combobox with
// a list of links. Enter without a choice searches for the words, as it does without this.
for (const list of document.querySelectorAll("[data-suggestions]")) {
  const form = list.closest("form");
  const field = form.elements.q;
  let timer;
  let request;
  let chosen = null;

  const choose = (option) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  };

  const show = (open) => {
    choose(null);
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
  };

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    show(false);
  };

  const fill = (options) => {
    list.innerHTML = options;
    [...list.children].forEach((option, number) => (option.id = `${list.id}-${number}`));
    show(list.children.length > 0);
  };

  const ask = async () => {
    request = new AbortController();
    const { signal } = request;
    const address = new URL("suggest/", form.action);
    address.searchParams.set("q", field.value);
    for (const one of form.querySelectorAll("input[name=language]")) {
      address.searchParams.append("language", one.value);
    }
    try {
      const answer = await fetch(address, { signal });
      const options = answer.ok ? await answer.text() : "";
      if (!signal.aborted) fill(options);
    } catch {
      if (!signal.aborted) fill(""); // the search itself may still be reached
    }
  };

  const move = (step) => {
    const stops = [null, ...list.children]; // the field itself is one of the ring
    if (list.hidden) show(true);
    choose(stops.at((stops.indexOf(chosen) + step) % stops.length));
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    request?.abort();
    choose(null);
    if (field.value.trim().length > 1) timer = setTimeout(ask, 120);
    else fill("");
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      chosen.click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the words stay
      close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && list.children.length) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      choose(null);
    }
  });

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  form.addEventListener("focusout", (event) => {
    if (!list.contains(event.relatedTarget)) close();
  });
  form.addEventListener("submit", close);
  addEventListener("pagehide", close);

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  close();
}
