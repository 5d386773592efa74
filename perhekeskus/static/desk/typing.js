"use strict";

/* What is said beside a text while it is typed: how long it is, and what the desk's judge has to say of it. The judge is
   asked when the hand has rested for a moment, and its answer is a word, never a gate. */
{
  const REST = 600; // milliseconds
  const waiting = new WeakMap();

  function placeFor(box) {
    const line = (box.closest(".prose-editor") ?? box).closest(".flex-container") ?? box.parentElement;
    let place = line.parentElement.querySelector(":scope > .said");
    if (!place) {
      place = document.createElement("div");
      place.className = "said";
      place.innerHTML = '<span class="count"></span><span class="hint" role="status"></span>';
      line.after(place);
    }
    return place;
  }

  function count(box) {
    if (!box.dataset.count) return;
    const most = Number(box.dataset.count);
    const shown = placeFor(box).querySelector(".count");
    shown.textContent = `${box.value.length} / ${most}`;
    shown.classList.toggle("full", box.value.length >= most);
    // Too long is said aloud too; until then the number is for the eye.
    shown.classList.toggle("over", box.value.length > most);
    shown.ariaLive = box.value.length > most ? "polite" : "off";
  }

  async function ask(box) {
    const text = box.value;
    const token = box.form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(box.dataset.check, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ text }),
    });
    if (!answer.ok || box.value !== text) return;
    const { said, trouble } = await answer.json();
    const hint = placeFor(box).querySelector(".hint");
    if (hint.textContent !== said) hint.textContent = said;
    hint.classList.toggle("trouble", trouble);
  }

  function follow(box) {
    count(box);
    if (!box.dataset.check) return;
    placeFor(box); // there before it speaks, so that it is heard
    clearTimeout(waiting.get(box));
    waiting.set(box, setTimeout(() => ask(box).catch(() => {}), REST));
  }

  const isFollowed = (element) => element.matches?.("[data-check], [data-count]");

  for (const event of ["input", "focusin"]) {
    document.addEventListener(event, ({ target }) => isFollowed(target) && follow(target));
  }
  // The editor of rich text writes into its text area without a word.
  document.addEventListener("prose-editor:ready", ({ target, detail: { editor } }) => {
    if (isFollowed(target)) editor.on("update", () => follow(target));
  });
}
