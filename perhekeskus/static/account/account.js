// What the account pages do better with script: showing a password, printing, and saying why a passkey did not work.
(() => {
  const each = (name, act) => document.querySelectorAll(`[data-${name}]`).forEach(act);

  each("shows", (button) => {
    const field = document.getElementById(button.dataset.shows);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  });

  each("print", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // Browsers make passkeys for names, never for bare numbers: at 127.0.0.1 there are none.
  const named = !/^[\d.]+$|^\[/.test(window.location.hostname);
  const offered = window.PublicKeyCredential && named ? "needs-passkeys" : "lacks-passkeys";
  // Not before the scripts that answer the button are there: pressed too early, it would send an empty form.
  document.addEventListener("DOMContentLoaded", () => each(offered, (part) => { part.hidden = false; }));
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    each("passkey-error", (part) => {
      part.hidden = false;
      part.focus();
    });
  });
})();
