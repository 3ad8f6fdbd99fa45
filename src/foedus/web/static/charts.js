// Charts, from what stands in the page: each has its numbers in a table or list beside it.
"use strict";

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
window.foedusLook = () => ({
  font: { family: colour("--sans"), color: colour("--ink"), size: 13 },
  paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
  margin: { l: 50, r: 15, t: 10, b: 40 }, hovermode: "closest",
  xaxis: { gridcolor: colour("--line"), zerolinecolor: colour("--line") },
  yaxis: { gridcolor: colour("--line"), zerolinecolor: colour("--line") },
  legend: { orientation: "h", y: 1.12 }, autosize: true,
});
const plain = { displayModeBar: false, responsive: true };

function intensity(place) {
  const told = JSON.parse(place.dataset.told);
  const look = window.foedusLook();
  Object.assign(look.yaxis, { title: "attacks", rangemode: "tozero", tickformat: "d", dtick: Math.ceil(Math.max(...told.map((row) => row.attacks)) / 5) });
  look.yaxis2 = { overlaying: "y", side: "right", title: "launched", showgrid: false, rangemode: "tozero", tickformat: "d" };
  look.xaxis.type = "date";
  look.margin.r = 60;
  const days = told.map((row) => row.day);
  Plotly.newPlot(place, [
    { x: days, y: told.map((row) => row.launched), type: "bar", name: "launched", yaxis: "y2", width: 0.8 * 86400000, marker: { color: colour("--line") } },
    { x: days, y: told.map((row) => row.attacks), type: "scatter", mode: "markers", name: "attacks", marker: { color: colour("--warn"), size: 9 } },
  ], look, plain);
}

async function map(place) {
  const land = await (await fetch(place.dataset.land)).json();
  const rows = [...document.querySelectorAll("#points li")];
  const lon = rows.map((row) => Number(row.dataset.lon));
  const lat = rows.map((row) => Number(row.dataset.lat));
  const span = (values, least) => {
    const middle = (Math.min(...values) + Math.max(...values)) / 2;
    const half = Math.max(least, (Math.max(...values) - Math.min(...values)) * 0.7);
    return [middle - half, middle + half];
  };
  const look = window.foedusLook();
  Object.assign(look.xaxis, { range: span(lon, 8), showgrid: false, zeroline: false, showticklabels: false });
  Object.assign(look.yaxis, { range: span(lat, 5), showgrid: false, zeroline: false, showticklabels: false, scaleanchor: "x", scaleratio: 1.5 });
  look.margin = { l: 5, r: 5, t: 5, b: 5 };
  look.dragmode = "pan";
  look.showlegend = false;
  Plotly.newPlot(place, [
    { x: land.lon, y: land.lat, mode: "lines", line: { color: colour("--faint"), width: 0.7 }, hoverinfo: "skip" },
    { x: lon, y: lat, mode: "markers", text: rows.map((row) => row.textContent.replace(/\s+/g, " ").trim()), hoverinfo: "text",
      marker: { size: 11, color: rows.map((row) => row.dataset.type === "ASSAULT" ? colour("--warn") : colour("--link")), opacity: 0.75, line: { width: 1, color: colour("--card") } } },
  ], look, { ...plain, scrollZoom: true });
  place.on("plotly_click", (event) => {
    const point = event.points.find((each) => each.curveNumber === 1);
    if (point) window.location = rows[point.pointNumber].querySelector("a").href;
  });
}

function network(place) {
  const rows = [...document.querySelectorAll("#pairs tbody tr")].map((row) => row.dataset);
  const names = [...new Set(rows.flatMap((row) => [row.one, row.other]))].sort();
  const turn = (n) => [Math.cos((2 * Math.PI * n) / names.length), Math.sin((2 * Math.PI * n) / names.length)];
  const spot = Object.fromEntries(names.map((name, n) => [name, turn(n)]));
  const most = Math.max(...rows.map((row) => Number(row.count)));
  const lines = rows.map((row) => ({
    x: [spot[row.one][0], spot[row.other][0]], y: [spot[row.one][1], spot[row.other][1]], mode: "lines",
    line: { width: 1 + (6 * row.count) / most, color: colour("--line") }, hoverinfo: "text", text: `${row.one} and ${row.other}: ${row.count}`,
  }));
  const look = window.foedusLook();
  for (const axis of [look.xaxis, look.yaxis]) Object.assign(axis, { visible: false, range: [-1.6, 1.6] });
  look.showlegend = false;
  Plotly.newPlot(place, [...lines, {
    x: names.map((name) => spot[name][0]), y: names.map((name) => spot[name][1]), text: names, mode: "markers+text",
    textposition: names.map((name) => (spot[name][0] < -0.1 ? "middle left" : spot[name][0] > 0.1 ? "middle right" : "top center")),
    marker: { size: 13, color: colour("--link") }, hoverinfo: "text", cliponaxis: false,
  }], look, plain);
}

const makers = { intensity, map, network };
for (const place of document.querySelectorAll("[data-chart]")) makers[place.dataset.chart](place);
