// Shows how far background work is, as long as something waits. Without it there is a link.
{
  const EVERY = 2000;

  const look = async () => {
    const region = document.querySelector("[data-sending][data-waiting]");
    if (!region) return;
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const newer = page.querySelector("[data-sending]");
      // What has the focus stays; it is replaced when the person has gone on.
      if (newer && !region.contains(document.activeElement)) region.replaceWith(newer);
    }
    setTimeout(look, EVERY);
  };

  setTimeout(look, EVERY);
}
