// The link in the sidebar shows the portal's name, so that is what it is called; Wagtail calls it
// "Dashboard", which those who steer with their voice do not see.
{
  const sidebar = document.querySelector("#wagtail-sidebar");

  const name = () => {
    const link = sidebar.querySelector(".sidebar-custom-branding");
    link?.removeAttribute("aria-label");
    return Boolean(link);
  };

  if (sidebar && !name()) {
    new MutationObserver((_, watch) => name() && watch.disconnect()).observe(sidebar, {
      childList: true,
      subtree: true,
    });
  }
}
