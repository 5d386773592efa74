"use strict";

/* The boxes that rows are chosen in (select2) called by the label of their field: by themselves they have no name. */
{
  function nameOf(select) {
    return select.labels[0]?.textContent.trim().replace(/:$/, "") || select.getAttribute("aria-label") || "";
  }

  function nameBox(select) {
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!box) return; // the row that new rows are copied from
    box.id = `${select.id}_choice`;
    box.setAttribute("aria-label", nameOf(select));
    box.setAttribute("aria-labelledby", `${box.id} select2-${select.id}-container`);
    nameSeveral(select, box);
    // What is chosen is a text in the box, no field beside it.
    const chosen = box.querySelector("[role=textbox]");
    chosen?.removeAttribute("role");
    chosen?.removeAttribute("aria-readonly");
  }

  /* Where several are chosen, what looks like a list of them also holds the field that one types in: it is no list. */
  function nameSeveral(select, box) {
    if (!select.multiple) return;
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", nameOf(select));
    box.querySelectorAll("ul, li").forEach((part) => part.setAttribute("role", "presentation"));
  }

  function nameBoxesIn(part) {
    part.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
  }

  // Once Django's own scripts are there, which make the boxes: what is said to jQuery later happens later.
  window.addEventListener("load", () => {
    const $ = django.jQuery;
    $(() => nameBoxesIn(document));
    document.addEventListener("formset:added", (event) => nameBoxesIn(event.target));
    $(document).on("select2:select select2:unselect", ({ target }) => {
      const box = document.getElementById(`${target.id}_choice`);
      if (box) setTimeout(() => nameSeveral(target, box));
    });
    $(document).on("select2:open", ({ target }) => {
      const open = ".select2-container--open :is(.select2-search__field, [role=listbox])";
      document.querySelectorAll(open).forEach((part) => part.setAttribute("aria-label", nameOf(target)));
      const box = document.getElementById(`${target.id}_choice`);
      box?.setAttribute("aria-controls", box.getAttribute("aria-owns"));
    });
  });
}
