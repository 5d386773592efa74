"use strict";

/* Whoever leaves a form with something typed and not sent is asked first, by the browser itself. Fields are compared with
   what they were before the first touch: dates picked, rows added and the editor of rich text tell of no change alike. */
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".change-form form[id$=_form]");
  if (!form) return;
  const TOUCHES = ["beforeinput", "keydown", "pointerdown"];
  const inItsFields = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  let before = null;
  let isSent = false;

  function remember() {
    before ??= inItsFields();
    for (const touch of TOUCHES) document.removeEventListener(touch, remember, true);
  }
  for (const touch of TOUCHES) document.addEventListener(touch, remember, true);

  // A form that came back with something to correct was not saved.
  const cameBack = document.querySelector(".errornote") !== null;
  form.addEventListener("submit", () => (isSent = true));
  window.addEventListener("pageshow", () => (isSent = false));
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && (cameBack || (before !== null && before !== inItsFields()))) event.preventDefault();
  });
});
