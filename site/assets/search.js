// The search: Pagefind's index, asked from here. Browsers let no page from a file load it.
(function () {
  "use strict";
  const root = document.currentScript.dataset.root;
  const form = document.getElementById("search");
  const field = document.getElementById("q");
  const told = document.getElementById("told");
  const found = document.getElementById("found");
  let index = null;
  let turn = 0;

  async function engine() {
    if (!index) {
      index = await import(new URL(root + "pagefind/pagefind.js", location.href).href);
      await index.init();
    }
    return index;
  }

  // An excerpt has marks around what was found, and else is text, with its signs written out.
  function excerpt(html) {
    const line = document.createElement("p");
    for (const part of html.split(/(<mark>.*?<\/mark>)/)) {
      const marked = part.match(/^<mark>(.*)<\/mark>$/);
      const holder = document.createElement(marked ? "mark" : "span");
      holder.textContent = plain(marked ? marked[1] : part);
      line.append(holder);
    }
    return line;
  }

  function plain(text) {
    return new DOMParser().parseFromString(text, "text/html").documentElement.textContent;
  }

  async function look() {
    const words = field.value.trim();
    const mine = ++turn;
    found.replaceChildren();
    told.textContent = "";
    if (!words) return;
    if (location.protocol === "file:") {
      told.textContent = "The search needs a web server, as browsers let no page from a file load " +
        "its index: python -m http.server in the folder of the site is one. The table under " +
        "Explore can be searched without.";
      return;
    }
    told.textContent = "Searching";
    const results = (await (await engine()).search(words)).results;
    const first = await Promise.all(results.slice(0, 30).map(function (each) { return each.data(); }));
    if (mine !== turn) return;
    told.textContent = results.length + (results.length === 1 ? " page has " : " pages have ") + words +
      (results.length > first.length ? "; the first " + first.length : "");
    for (const each of first) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + each.raw_url.replace(/^\//, "");
      link.textContent = each.meta.title;
      item.append(link, excerpt(each.excerpt));
      found.append(item);
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?" + new URLSearchParams({ q: field.value }));
    look();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  look();
})();
