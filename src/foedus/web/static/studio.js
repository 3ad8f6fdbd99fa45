// The studio: a choice of levels is solved at once; its address holds it.
"use strict";

const studio = document.getElementById("studio");
const levels = document.getElementById("levels");
const figures = document.getElementById("figures");
const most = Number(studio.dataset.most);
const { element, ask } = window.foedus;
const ENDS = { holds: "holds", breaks_fight: "breaks, a guarantor fights", breaks_alone: "breaks, none does", war_on: "no deal, the war goes on", frozen: "no deal, it froze", c_prevails: "the challenger prevails", p_prevails: "the protected state prevails" };
const percent = (x) => (x === null ? "–" : x > 0 && x < 0.01 ? "<1%" : x > 0.99 && x < 1 ? ">99%" : `${Math.round(100 * x)}%`);
const span = (e) => `${percent(e.mean)} (${percent(e.low)} to ${percent(e.high)})`;
const amount = (x) => (x === null ? "–" : Number(x).toPrecision(2));

let kept = [];
let asking = 0;

function chosen() {
  const found = {};
  for (const field of levels.elements) {
    if (field.name && field.selectedIndex > 0) found[field.name] = field.value;
  }
  return found;
}

function choose(deal) {
  for (const field of levels.elements) {
    if (!field.name) continue;
    const wanted = [...field.options].findIndex((option) => option.value === deal[field.name] && !option.disabled);
    field.selectedIndex = Math.max(0, wanted);
  }
}

function rows(deal) {
  const found = [
    ["Good in", percent(deal.robustness), "of the futures: every criterion of the case holds"],
    ["Both sides accept in", percent(deal.both_accept), ""],
    ["Everybody accepts", span(deal.agree), "chance, mean and 5 to 95 % of the futures"],
    ["Least likely to accept", deal.binding, ""],
    ["Still holds at the horizon", span(deal.survive), "once signed"],
    ["Challenged before it is in force", span(deal.window_risk), ""],
    ["Direct war with a guarantor", span(deal.direct_any), ""],
    ["Security kept", span(deal.security), ""],
  ];
  for (const party of deal.parties) {
    found.push([`${party.party} accepts`, percent(party.accepts), party.role]);
    if (party.cost) found.push([`Cost to ${party.party}`, amount(party.cost.mean), "share of the good"]);
  }
  if (deal.failed_share > 0) found.push(["Not solved in", percent(deal.failed_share), "of the futures, left out"]);
  if (deal.multiple_share > 0) found.push(["Several equilibria in", percent(deal.multiple_share), "of the futures; the less lasting is told"]);
  return found;
}

function told(deal) {
  const part = document.createElement("div");
  if (!deal) {
    part.append(element("p", "This deal could be solved in no future.", { class: "red" }));
    return part;
  }
  part.append(element("h2", deal.name, { class: "small" }));
  const list = document.createElement("dl");
  for (const [what, value, why] of rows(deal)) {
    const term = element("dt", what);
    if (why) term.title = why;
    list.append(term, element("dd", value));
  }
  part.append(list);
  if (deal.crossed.length) {
    part.append(element("h3", "Red lines crossed"));
    const lines = document.createElement("ul");
    for (const line of deal.crossed) lines.append(element("li", `${line.party} will not have ${line.title}: ${line.refused.join(" or ")}`));
    part.append(lines);
  }
  return part;
}

function compare(deals) {
  const part = document.getElementById("compared");
  const table = document.getElementById("table");
  part.hidden = deals.length < 2;
  if (part.hidden) return;
  const grid = document.createElement("table");
  const head = grid.createTHead().insertRow();
  head.append(element("th", ""));
  deals.forEach((deal, n) => head.append(element("th", `${n === 0 ? "Now: " : ""}${deal.name}`, { scope: "col" })));
  const body = grid.createTBody();
  const columns = deals.map((deal) => new Map(rows(deal).map(([what, value]) => [what, value])));
  for (const what of new Set(columns.flatMap((column) => [...column.keys()]))) {
    const row = body.insertRow();
    row.append(element("th", what, { scope: "row" }));
    for (const column of columns) row.append(element("td", column.get(what) ?? "–"));
  }
  for (const end of Object.keys(ENDS)) {
    const row = body.insertRow();
    row.append(element("th", `Ends: ${ENDS[end]}`, { scope: "row" }));
    for (const deal of deals) row.append(element("td", percent(deal.ends[end].mean)));
  }
  table.replaceChildren(grid);
}

function curves(deals) {
  const look = window.foedusLook();
  look.xaxis.title = "years after signing";
  Object.assign(look.yaxis, { tickformat: ".0%", range: [0, 1] });
  const dashes = ["solid", "dash", "dot", "dashdot"];
  const lines = deals.map((deal, n) => ({
    x: deal.survival_curve.map((p) => p.year), y: deal.survival_curve.map((p) => p.mean),
    error_y: n ? undefined : { type: "data", symmetric: false, array: deal.survival_curve.map((p) => p.high - p.mean), arrayminus: deal.survival_curve.map((p) => p.mean - p.low) },
    mode: "lines+markers", line: { dash: dashes[n] }, name: n ? `kept ${n}` : "now",
  }));
  Plotly.react("curve", lines, look, { displayModeBar: false, responsive: true });
}

function hinges(found) {
  const place = document.getElementById("hinges");
  if (!found.length) { place.replaceChildren(element("p", "Nothing was found that would turn it, among the deals looked at.", { class: "empty" })); return; }
  const list = document.createElement("ul");
  for (const hinge of found) {
    const where = hinge.flips_at === null ? "" : `; beyond ${amount(hinge.flips_at)} (chance ${percent(hinge.chance_beyond)}) another of these deals is the better choice`;
    const item = element("li", `${hinge.parameter}: ${percent(hinge.weight)} of what differs between futures${where}. `);
    item.append(element("span", `${hinge.source.kind}: ${hinge.source.why}`, { class: "faint" }));
    list.append(item);
  }
  place.replaceChildren(list);
}

async function solve() {
  const turn = ++asking;
  const now = chosen();
  const address = new URL(window.location);
  address.searchParams.set("deal", JSON.stringify(now));
  if (kept.length) address.searchParams.set("kept", JSON.stringify(kept));
  else address.searchParams.delete("kept");
  history.replaceState(null, "", address);
  figures.firstElementChild?.classList.add("busy");
  try {
    const found = await ask(`/api/v1/cases/${studio.dataset.case}/studio`, { version: Number(studio.dataset.version), deals: [now, ...kept] });
    if (turn !== asking) return; // a newer choice is being solved
    figures.replaceChildren(told(found.deals[0]));
    const solved = found.deals.filter(Boolean);
    compare(solved);
    curves(solved);
    hinges(found.hinges);
  } catch (error) {
    if (turn === asking) figures.replaceChildren(element("p", error.message, { class: "notice faults", role: "alert" }));
  }
}

levels.addEventListener("change", solve);
levels.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("keep").addEventListener("click", () => {
  kept = [chosen(), ...kept].slice(0, most - 1);
  solve();
});
document.getElementById("clear").addEventListener("click", () => { kept = []; choose({}); solve(); });
// What the address holds; one that was cut off or is of another case begins anew.
function held(name, otherwise) {
  try { return JSON.parse(new URL(window.location).searchParams.get(name)) ?? otherwise; } catch { return otherwise; }
}
choose(held("deal", {}));
const others = held("kept", []);
kept = Array.isArray(others) ? others.slice(0, most - 1) : [];
solve();
