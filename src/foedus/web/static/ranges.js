// A parameter's range can be dragged or typed; what is changed goes into the YAML below, to be kept.
"use strict";

const text = document.getElementById("text");
const number = (value) => Number(Number(value).toPrecision(4)).toString();

// Replace the value of one parameter in the YAML, leaving every other line as it is.
function write(key, kind, low, high) {
  const lines = text.value.split("\n");
  const head = `  ${/[[\]]/.test(key) ? key : key}:`;
  const at = lines.findIndex((line) => line.startsWith(head) || line.startsWith(`  "${key}":`) || line.startsWith(`  '${key}':`));
  if (at < 0) return false;
  const value = lines.findIndex((line, n) => n > at && /^ {4}value:/.test(line));
  if (value < 0 || lines.slice(at + 1, value).some((line) => /^ {2}\S/.test(line))) return false;
  lines[value] = `    value: {${kind}: [${low}, ${high}]}`;
  text.value = lines.join("\n");
  return true;
}

for (const card of document.querySelectorAll(".parameter")) {
  const { key, kind } = card.dataset;
  if (text.readOnly || !["uniform", "loguniform"].includes(kind)) continue;
  const low = Number(card.dataset.low);
  const high = Number(card.dataset.high);
  const width = high - low || Math.abs(high) || 1;
  const bounds = [low >= 0 ? Math.max(0, low - width) : low - width, high + width];
  const line = document.createElement("p");
  line.className = "row";
  const fields = [["from", low], ["to", high]].map(([word, value]) => {
    const label = window.foedus.element("label", `${word} `);
    const typed = window.foedus.element("input", "", { type: "number", step: "any", value: number(value) });
    const slid = window.foedus.element("input", "", { type: "range", min: bounds[0], max: bounds[1], step: (bounds[1] - bounds[0]) / 400, value, "aria-label": `${key}, ${word}` });
    label.append(typed);
    line.append(label, slid);
    slid.addEventListener("input", () => { typed.value = number(slid.value); changed(); });
    typed.addEventListener("input", () => { slid.value = typed.value; changed(); });
    return typed;
  });
  const said = window.foedus.element("span", "", { class: "faint", role: "status" });
  line.append(said);
  card.querySelector(".range").after(line);
  function changed() {
    const [from, to] = fields.map((field) => Number(field.value));
    if (!(from <= to)) { said.textContent = "the first must not be above the second"; return; }
    said.textContent = write(key, kind, number(from), number(to)) ? "in the YAML below; keep it there" : "not found in the YAML below: change it there";
  }
}
