// The translator's editor: saves each part by itself, copies texts, and leads from part to part.
// Without this script the same buttons send the form.
{
  const root = document.querySelector("[data-translating]");
  const form = root?.querySelector("[data-translating-form]");
  const said = root?.querySelector("[data-said]");
  const parts = [...(root?.querySelectorAll("[data-part]") ?? [])];
  const READY = ["translated", "review"];
  const PAUSE = 1500; // milliseconds without a key

  const field = (part) => part.querySelector("textarea");
  const base = (part) => part.querySelector("input[name^=base-]");
  const ready = (part) => READY.includes(part.dataset.state);
  const tell = (words) => (said.textContent = words);
  const saved = new Map(
    parts.map((part) => [part, "typed" in part.dataset ? null : field(part).value]),
  );
  const timers = new Map();
  const running = new Map();

  // As checks.length of the server counts: as it is kept, with "&amp;" for "&" where plain text is typed.
  const asStored = (part) => {
    const typed = field(part).value.trim();
    if (part.querySelector(".translating-tag")) return typed;
    const plain = typed.replaceAll("&", "&amp;").replaceAll(/[<>]/g, "&lt;");
    return plain.replaceAll("\n", "lines" in field(part).dataset ? "<br/>" : " ");
  };

  const count = (part) => {
    const { limit } = field(part).dataset;
    const place = part.querySelector("[data-count]");
    if (!place) return;
    const size = [...asStored(part)].length;
    const over = size > Number(limit);
    place.toggleAttribute("data-too-long", over);
    place.textContent = root.dataset[over ? "tooLong" : "counted"]
      .replace("{size}", size)
      .replace("{limit}", limit);
  };

  const show = (part, answer) => {
    part.dataset.state = answer.state;
    base(part).value = answer.base;
    part.querySelector("[data-status]").innerHTML = answer.status;
    part.querySelector("[data-take-newer]")?.removeAttribute("hidden");
    field(part).toggleAttribute("aria-invalid", false);
    if (answer.error || answer.state === "mistake") field(part).setAttribute("aria-invalid", "true");
    const [state, entry] = [
      part.querySelector(".translating-state"),
      root.querySelector(`[data-state-of="${part.dataset.part}"]`),
    ];
    entry.className = state.className;
    entry.textContent = state.textContent.trim();
    root.querySelector("[data-done]").textContent = parts.filter(ready).length;
    if (ready(part)) part.querySelector("[data-keep]")?.remove();
    // Whoever has been told of a newer text replaces it by a key or button, not by going on typing.
    part.toggleAttribute("data-asked", part.querySelector("[data-take-newer]") !== null);
  };

  const send = async (part) => {
    const text = field(part).value;
    const body = new FormData();
    body.set("text", text);
    body.set("base", base(part).value);
    tell(root.dataset.saving);
    try {
      const answer = await fetch(part.dataset.save, {
        method: "POST",
        body,
        headers: {
          "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
          "X-Requested-With": "XMLHttpRequest",
        },
      });
      const data = await answer.json();
      if (data.status) show(part, data);
      if (answer.ok) saved.set(part, text);
      tell(answer.ok ? root.dataset.saved : data.status ? root.dataset.newer : data.error);
      return answer.ok;
    } catch {
      tell(root.dataset.failed);
      return false;
    }
  };

  // One after the other for each part, so that its own earlier save is not somebody else's.
  const save = async (part, always = false) => {
    clearTimeout(timers.get(part));
    await running.get(part);
    if (!always && field(part).value === saved.get(part)) return true;
    const sending = send(part);
    running.set(part, sending);
    return sending;
  };

  const saveQuietly = (part) => (part.hasAttribute("data-asked") ? null : save(part));

  const next = (from) => {
    const at = parts.indexOf(from);
    const order = [...parts.slice(at + 1), ...parts.slice(0, at + 1)];
    const open = order.find((part) => !ready(part));
    if (!open) return tell(root.dataset.finished);
    field(open).focus();
    open.scrollIntoView({ block: "center" });
  };

  const put = (part, text) => {
    field(part).value = text;
    field(part).focus();
    count(part);
    tell(root.dataset.copied);
  };

  const saveAndNext = async (part) => {
    if (await save(part)) next(part);
    else field(part).focus();
  };

  const KEYS = {
    Enter: (part, event) => (event.shiftKey ? next(part) : saveAndNext(part)),
    F2: (part) => put(part, part.querySelector("[data-source]").dataset.source),
  };

  const ACTIONS = {
    "[data-save-and-next]": saveAndNext,
    "[data-copy]": KEYS.F2,
    "[data-fill]": (part, button) =>
      put(part, button.closest("[data-suggestion]").querySelector("[data-text]").textContent),
    "[data-keep]": async (part) => (await save(part, true)) && next(part),
    "[data-take-newer]": (part) => {
      const text = part.querySelector("[data-status] [data-text]").textContent;
      put(part, text);
      save(part, true);
    },
  };

  const start = (part) => {
    count(part);
    part.querySelector("[data-take-newer]")?.removeAttribute("hidden");
    field(part).addEventListener("input", () => {
      count(part);
      clearTimeout(timers.get(part));
      timers.set(part, setTimeout(() => saveQuietly(part), PAUSE));
    });
    field(part).addEventListener("change", () => saveQuietly(part));
    field(part).addEventListener("keydown", (event) => {
      const wanted = event.key === "F2" ? !event.ctrlKey : event.ctrlKey || event.metaKey;
      if (!KEYS[event.key] || !wanted || event.altKey || event.isComposing) return;
      event.preventDefault();
      KEYS[event.key](part, event);
    });
    part.addEventListener("click", (event) => {
      for (const [selector, action] of Object.entries(ACTIONS)) {
        const button = event.target.closest(selector);
        if (!button) continue;
        event.preventDefault();
        action(part, button);
      }
    });
  };

  if (form && said) {
    parts.forEach(start);
    root.querySelector("[data-next]")?.addEventListener("click", (event) => {
      event.preventDefault();
      next(parts.find((part) => part.contains(document.activeElement)));
    });
    root.querySelector("[data-preview]")?.addEventListener("toggle", (event) => {
      const frame = event.target.querySelector("iframe");
      if (event.target.open) frame.src = frame.getAttribute("src");
    });
    let sending = false;
    form.addEventListener("submit", () => (sending = true));
    addEventListener("beforeunload", (event) => {
      const unsaved = parts.some((part) => field(part).value !== saved.get(part));
      if (unsaved && !sending) event.preventDefault();
    });
  }
}
