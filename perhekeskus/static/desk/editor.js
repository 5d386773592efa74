"use strict";

/* The editor of rich text in the language of the desk, with a name: its own words are English, its box has no label.
   The words are in the catalogue that Django sends with every form (djangojs.po), under what the editor calls them. */
{
  function hideLigature(button) {
    const text = button.firstChild;
    if (!button.classList.contains("material-icons") || text?.nodeType !== Node.TEXT_NODE) return;
    const icon = document.createElement("span");
    icon.setAttribute("aria-hidden", "true");
    text.replaceWith(icon);
    icon.append(text);
  }

  function translateMenu(menu) {
    for (const button of menu.querySelectorAll("button[title]")) {
      hideLigature(button);
      button.title = gettext(button.title);
      const isChoice = button.closest(".prose-menubar__selected");
      button.setAttribute("aria-label", isChoice ? `${gettext("Kind of text")}: ${button.title}` : button.title);
    }
    for (const option of menu.querySelectorAll(".prose-menubar__option > *")) {
      const words = gettext(option.textContent);
      if (words !== option.textContent) option.textContent = words;
    }
  }

  function nameBox(box, textarea, editor) {
    const label = textarea.labels[0];
    box.lang = textarea.lang;
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (textarea.hasAttribute(name)) box.setAttribute(name, textarea.getAttribute(name));
    }
    if (!label) return;
    label.id ||= `${textarea.id}_label`;
    box.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }

  function nameMenu(menu, editor) {
    menu.setAttribute("role", "group");
    menu.setAttribute("aria-label", gettext("Shape of the text"));
    editor.on("transaction", () => translateMenu(menu));
    translateMenu(menu);
  }

  document.addEventListener("prose-editor:ready", ({ target, detail: { editor } }) => {
    nameBox(editor.view.dom, target, editor);
    // The menu is made a moment later, as the editor's own "create" is heard.
    editor.on("create", () => nameMenu(target.closest(".prose-editor").querySelector(".prose-menubar"), editor));
  });
}
