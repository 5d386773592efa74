"use strict";

/* What is to be corrected, as links at the top of a form: they are where one begins, and each leads into its box, whatever
   hides it. Without this script they lead to whatever is in sight. */
{
  const tabOf = (panel) =>
    panel.parentElement.querySelector(`:scope > .language-tabs [data-language="${panel.dataset.language}"]`);

  /* The editor of rich text and the boxes that rows are chosen in (select2) stand in for the box of their name. */
  const seen = (box) =>
    box.closest(".prose-editor")?.querySelector(".ProseMirror") ?? document.getElementById(`${box.id}_choice`) ?? box;

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".faults a");
    const box = link && document.getElementById(link.hash.slice(1));
    if (!box) return;
    event.preventDefault();
    const panel = box.closest(".language-panel[hidden]");
    if (panel) tabOf(panel).click();
    for (let details = box.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
    if (box.matches(".inline-group")) box.tabIndex = -1;
    seen(box).focus();
    seen(box).scrollIntoView({ block: "center" });
  });

  /* Django puts the focus of a new form on whatever comes first: a tab, where the tabs are there before its script. */
  const firstField = () =>
    document.activeElement.matches(".language-tabs [role=tab]") &&
    document.querySelector(".language-panel:not([hidden]) :is(input, select, textarea)");

  window.addEventListener("load", () => (document.querySelector(".faults") || firstField())?.focus?.());
}
