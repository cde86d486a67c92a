// The table of outcomes: DataTables sorts and filters; the address holds the filter.
(function () {
  "use strict";
  const form = document.getElementById("filters");
  const names = Array.from(form.elements, function (each) { return each.name; }).filter(Boolean);
  const choices = names.filter(function (name) { return form.elements[name].tagName === "SELECT"; });
  const shown = document.getElementById("count");
  form.hidden = false;

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of names) form.elements[name].value = asked.get(name) || "";
  }

  function asked() {
    const values = new URLSearchParams();
    for (const name of names) {
      if (form.elements[name].value) values.set(name, form.elements[name].value);
    }
    return values;
  }

  function fits(row) {
    const is = row.dataset.is.split("|");
    for (const [place, name] of choices.entries()) {
      const value = form.elements[name].value;
      if (value && !is[place].split(" ").includes(value)) return false;
    }
    const [from, to] = [form.elements.from.value, form.elements.to.value];
    if (from || to) {
      // A date may mean any of its days: it fits where one of them does.
      const [first, last] = row.dataset.due.split("/");
      if (!first && !last) return false;
      if (from && last && last < from) return false;
      if (to && first && first > to) return false;
    }
    return true;
  }

  read();
  const table = new window.DataTable("#outcomes", {
    paging: false,
    info: false,
    autoWidth: false,
    order: [],
    layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null },
  });
  table.search.fixed("filters", function (_text, _data, place) {
    return fits(table.row(place).node());
  });

  function draw() {
    table.search(form.elements.text.value).draw();
    const count = table.rows({ search: "applied" }).count();
    shown.textContent = count + " of " + table.rows().count() + " outcomes";
  }

  function keep() {
    const values = asked().toString();
    history.replaceState(null, "", values ? "#" + values : location.pathname + location.search);
    draw();
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(keep, 0); });
  window.addEventListener("hashchange", function () { read(); draw(); });

  document.getElementById("link").addEventListener("click", function (event) {
    window.eastflankCopy(location.href, event.currentTarget);
  });

  // The rows lie in a script beside: a page from a file may not fetch.
  function withRows(use) {
    if (window.eastflankRows) { use(window.eastflankRows); return; }
    const script = document.createElement("script");
    script.src = "rows.js";
    script.addEventListener("load", function () { use(window.eastflankRows); });
    document.head.append(script);
  }

  function quoted(cell) {
    return /[",\r\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell;
  }

  document.getElementById("download").addEventListener("click", function () {
    withRows(function (all) {
      const ids = table.rows({ search: "applied" }).nodes().toArray().map(function (row) {
        return row.dataset.id;
      });
      const filter = asked().toString();
      const cited = all.citation + " Of it " + ids.length + " of " + table.rows().count() + " rows" +
        (filter ? ", by the filter " + filter : "") + ".";
      const lines = ids.map(function (id) { return all.rows[id] + "," + quoted(cited); });
      const text = [all.header + ",citation", ...lines, ""].join("\n");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
      link.download = "eastflank-tracker-selection.csv";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    });
  });
  draw();
})();
