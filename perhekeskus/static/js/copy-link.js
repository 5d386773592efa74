// A link to send stands in a field, or behind a word, and can be copied from there by hand. With this, one press of a
// button copies it.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https, and in old browsers.
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("Nothing was copied.");
  }
}

for (const field of document.querySelectorAll("input[data-whole]")) {
  field.addEventListener("focus", () => field.select());
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const said = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(new URL(button.dataset.copy, location.href).href);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = button.dataset.failed;
    }
    button.focus();
  });
}
