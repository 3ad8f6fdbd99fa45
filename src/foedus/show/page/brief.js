// Draws the charts in the colours of the page, opens what a link leads into, marks its words.
(() => {
  "use strict";
  const held = document.getElementById("charts");
  const { figures, palette } = held ? JSON.parse(held.textContent) : { figures: {}, palette: {} };
  const names = new Map(Object.entries(palette).map(([name, value]) => [value, name]));
  const settings = { displayModeBar: false };

  const coloured = (value, colours) => {
    if (Array.isArray(value)) return value.map((item) => coloured(item, colours));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, coloured(v, colours)]));
    return names.has(value) ? colours(names.get(value)) : value;
  };
  const draw = (colours) => {
    for (const place of document.querySelectorAll("[data-chart]")) {
      const figure = coloured(figures[place.dataset.chart], colours);
      figure.layout.font.family = getComputedStyle(document.body).fontFamily;
      Plotly.react(place, figure.data, figure.layout, settings);
    }
  };
  const onScreen = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const onPaper = (name) => palette[name];

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const mark of document.querySelectorAll("mark.on")) mark.classList.remove("on");
    if (!target) return;
    let closed = false;
    for (let part = target; part; part = part.parentElement)
      if (part.tagName === "DETAILS" && !part.open) closed = part.open = true;
    if (/^s\d+$/.test(target.id))
      for (const mark of document.querySelectorAll(`mark[data-s~="${target.id.slice(1)}"]`))
        mark.classList.add("on");
    if (closed) target.scrollIntoView();
  };

  // A head that is pressed sorts its table; pressed again, the other way round.
  const worth = (cell) => {
    const found = /^[<>+-]?\s*-?[\d,.]+/.exec(cell.textContent.trim().replace("−", "-"));
    return found ? Number(found[0].replace(/[<>+,\s]/g, "")) : NaN;
  };
  const sort = (table, at, down) => {
    const rows = [...table.tBodies[0].rows];
    const numbers = rows.some((row) => !Number.isNaN(worth(row.cells[at])));
    const compare = (a, b) =>
      numbers
        ? (worth(a.cells[at]) || 0) - (worth(b.cells[at]) || 0)
        : a.cells[at].textContent.localeCompare(b.cells[at].textContent);
    rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
    table.tBodies[0].append(...rows);
  };
  for (const table of document.querySelectorAll("table")) {
    if (!table.tHead || table.tBodies[0].rows.length < 3) continue;
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      const button = document.createElement("button");
      button.append(...head.childNodes);
      button.type = "button";
      button.className = "sort";
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, at, down);
      });
    });
  }

  addEventListener("hashchange", reveal);
  reveal();
  if (!held) return;
  draw(onScreen);
  const fit = new ResizeObserver((seen) => seen.forEach(({ target }) => Plotly.Plots.resize(target)));
  document.querySelectorAll("[data-chart]").forEach((place) => fit.observe(place));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(onScreen));
  addEventListener("beforeprint", () => draw(onPaper));
  addEventListener("afterprint", () => draw(onScreen));
})();
