// The way off a sensitive page works without this. With it, the page leaves no entry of its own behind in the browser's
// history when it is left in a hurry, and Shift pressed three times leaves too.
const exits = document.querySelectorAll("a[data-quick-exit]");
const PRESSES = 3;
const WITHIN = 3000; // milliseconds
let pressed = [];

for (const exit of exits) {
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(exit.href);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  pressed = event.key === "Shift" ? [...pressed, event.timeStamp].slice(-PRESSES) : [];
  if (pressed.length === PRESSES && event.timeStamp - pressed[0] < WITHIN) location.replace(exits[0].href);
});

for (const words of document.querySelectorAll("[data-quick-exit-keys]")) words.hidden = false;
