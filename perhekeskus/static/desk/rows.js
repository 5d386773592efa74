"use strict";

/* Django numbers the ids of added and left rows anew, but not what refers to them: its labels for screen readers. */
{
  const REFERENCES = ["aria-controls", "aria-describedby", "aria-labelledby"];

  function renumber(row) {
    const [, prefix] = row.id.match(/^(.*)-\d+$/) ?? [];
    if (!prefix) return; // the row that new rows are copied from
    const numbered = new RegExp(`\\b${prefix}-(\\d+|__prefix__)`, "g");
    for (const name of REFERENCES) {
      for (const element of row.querySelectorAll(`[${name}]`)) {
        element.setAttribute(name, element.getAttribute(name).replace(numbered, row.id));
      }
    }
  }

  const rowsOf = (formset) => document.querySelectorAll(`#${formset}-group .inline-related, #${formset}-group .form-row`);

  document.addEventListener("formset:added", ({ target }) => renumber(target));
  // It is told before the rows that are left are numbered anew.
  document.addEventListener("formset:removed", ({ detail }) =>
    setTimeout(() => rowsOf(detail.formsetName).forEach(renumber)),
  );
}
