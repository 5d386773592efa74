"use strict";

/* The languages of a form as tabs. Without this script they stand one below the other, each under its heading.
   What is asked for is found from where it stands, never by an id: rows of inlines are copied and numbered anew. */
{
  const inTabs = (languages, selector) =>
    [...languages.querySelectorAll(`:scope > .language-tabs > ${selector}`)];
  const panelsOf = (languages) => [...languages.querySelectorAll(":scope > .language-panel")];

  function open(languages, code) {
    for (const tab of inTabs(languages, "[role=tab]")) {
      const chosen = tab.dataset.language === code;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const panel of panelsOf(languages)) panel.hidden = panel.dataset.language !== code;
  }

  /* What is written in Finnish now, beside its translation. */
  function showOriginals(languages) {
    for (const original of languages.querySelectorAll("[data-original]")) {
      const box = original.dataset.original && document.getElementsByName(original.dataset.original)[0];
      if (box) original.textContent = box.value;
    }
  }

  function makeTabs(languages) {
    const codes = panelsOf(languages).map((panel) => panel.dataset.language);
    for (const panel of panelsOf(languages)) {
      const tab = inTabs(languages, `[data-language="${panel.dataset.language}"]`)[0];
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
    }
    languages.querySelector(":scope > .language-tabs").hidden = false;
    languages.classList.add("tabbed");
    const asked = window.location.hash.slice(1);
    open(languages, codes.includes(asked) ? asked : languages.dataset.languages);
  }

  function choose(tab) {
    const languages = tab.closest(".languages");
    const code = tab.dataset.language;
    showOriginals(languages);
    open(languages, code);
    // The language chosen for the whole form is the one of its rows too: a translator goes through all of them.
    if (!languages.matches(".compact")) {
      for (const row of languages.closest("form").querySelectorAll(".languages.compact")) {
        showOriginals(row);
        open(row, code);
      }
    }
  }

  const MOVES = {
    ArrowRight: (at, last) => (at === last ? 0 : at + 1),
    ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
    Home: () => 0,
    End: (at, last) => last,
  };

  document.addEventListener("click", ({ target }) => {
    const tab = target.closest(".language-tabs [role=tab]");
    if (tab) choose(tab);
  });

  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest(".language-tabs [role=tab]");
    if (!tab || !(event.key in MOVES)) return;
    const tabs = inTabs(tab.closest(".languages"), "[role=tab]");
    const next = tabs[MOVES[event.key](tabs.indexOf(tab), tabs.length - 1)];
    event.preventDefault();
    choose(next);
    next.focus();
  });

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".languages").forEach(makeTabs));
  document.addEventListener("formset:added", ({ target }) => target.querySelectorAll(".languages").forEach(makeTabs));
}
