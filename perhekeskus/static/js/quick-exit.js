// A link marked data-quick-exit works without this. With it, "back" does not return to the sensitive page.
for (const link of document.querySelectorAll("a[data-quick-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "/");
    location.replace(link.href);
  });
}
