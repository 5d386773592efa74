// The way off a sensitive page works without this. With it, the page leaves no entry behind in the browser's history,
// neither when it is left in a hurry nor when one goes on from it, and Shift pressed three times leaves too.
const exits = document.querySelectorAll("a[data-quick-exit]");
const PRESSES = 3;
const WITHIN = 3000; // milliseconds
let pressed = [];

function isPlain(event) {
  return event.button === 0 && !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented) return;
  const goesOn = isPlain(event) && link.origin === location.origin && !link.target && !link.download;
  if (goesOn || link.matches("[data-quick-exit]")) {
    event.preventDefault();
    location.replace(link.href);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  pressed = event.key === "Shift" ? [...pressed, event.timeStamp].slice(-PRESSES) : [];
  if (pressed.length === PRESSES && event.timeStamp - pressed[0] < WITHIN) location.replace(exits[0].href);
});

for (const words of document.querySelectorAll("[data-quick-exit-keys]")) words.hidden = false;
