"use strict";

/* On a phone each row of a list stands by itself (desk.css), so each of its cells says the heading of its column. */
document.addEventListener("DOMContentLoaded", () => {
  const list = document.getElementById("result_list");
  if (!list) return;
  const headings = [...list.querySelectorAll("thead th")].map((heading) => heading.querySelector(".text")?.textContent.trim());
  for (const row of list.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, number) => {
      cell.dataset.heading = headings[number] ?? "";
      cell.classList.toggle("says-nothing", cell.textContent.trim() === "-");
    });
  }
  list.classList.add("with-headings");
});
