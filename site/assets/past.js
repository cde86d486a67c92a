// The slider over a record's days of knowledge. All that it shows stands in the page already.
(function () {
  "use strict";
  const days = Array.from(document.querySelectorAll(".days > li")).reverse();
  const slider = document.getElementById("day");
  const said = document.getElementById("day-state");
  document.querySelector(".slider").hidden = false;

  function show() {
    const day = days[Number(slider.value)].dataset.day;
    const newest = Number(slider.value) === days.length - 1;
    const standings = new Map();
    const sources = new Set();
    let statements = 0;
    for (const each of days) {
      each.classList.toggle("later", each.dataset.day > day);
      if (each.dataset.day > day) continue;
      for (const item of each.querySelectorAll("[data-outcome]")) {
        standings.set(item.dataset.outcome, item.dataset.standing);
      }
      for (const item of each.querySelectorAll("[data-statements]")) {
        statements += Number(item.dataset.statements);
        sources.add(item.dataset.source);
      }
    }
    for (const item of document.querySelectorAll("[data-known]")) {
      item.classList.toggle("later", !newest && item.dataset.known > day);
    }
    document.getElementById("day-now").textContent = day;
    slider.setAttribute("aria-valuetext", day);
    const counts = new Map();
    for (const standing of standings.values()) counts.set(standing, (counts.get(standing) || 0) + 1);
    const stood = Array.from(counts, function (pair) {
      return standings.size === 1 ? pair[0].toLowerCase() : pair[1] + " " + pair[0].toLowerCase();
    });
    said.textContent =
      statements + (statements === 1 ? " statement" : " statements") + " of " + sources.size +
      (sources.size === 1 ? " source" : " sources") + " known" +
      (stood.length ? "; standing: " + stood.join(", ") : "") +
      (newest ? "" : ". What became known later is hidden above and below") + ".";
  }
  slider.addEventListener("input", show);
  show();
})();
