// A parameter's range as a picture; its ends can be dragged, which writes what could be typed.
"use strict";

const DRAWN = "http://www.w3.org/2000/svg";
const number = (value) => Number(Number(value).toPrecision(4)).toString();

function picture(card) {
  const parts = card.dataset.density.split(" ").filter(Boolean).map(Number);
  if (!parts.length) return;
  const most = Math.max(...parts);
  const drawn = document.createElementNS(DRAWN, "svg");
  drawn.setAttribute("viewBox", `0 0 ${parts.length} 10`);
  drawn.setAttribute("preserveAspectRatio", "none");
  drawn.setAttribute("class", "density");
  drawn.setAttribute("aria-hidden", "true"); // the words beside it say the same
  const path = document.createElementNS(DRAWN, "path");
  const steps = parts.map((part, n) => `L${n} ${10 - (9 * part) / most} L${n + 1} ${10 - (9 * part) / most}`);
  path.setAttribute("d", `M0 10 ${steps.join(" ")} L${parts.length} 10 Z`);
  drawn.append(path);
  card.querySelector(".range").after(drawn);
}

// Let the first and the last number between the brackets of what is typed be dragged.
function draggable(card) {
  const typed = card.querySelector('input[name="value"]');
  const found = typed && /^\{(uniform|loguniform|triangular|pert): \[([^\]]*)\]\}$/.exec(typed.value);
  if (!found) return;
  const numbers = found[2].split(",").map(Number);
  const [low, high] = [numbers[0], numbers[numbers.length - 1]];
  const width = high - low || Math.abs(high) || 1;
  const least = low >= 0 ? Math.max(found[1] === "loguniform" ? low / 4 : 0, low - width) : low - width;
  const line = document.createElement("p");
  line.className = "row ends-dragged";
  const slid = [["least", low], ["most", high]].map(([word, value]) => {
    const label = window.foedus.element("label", `${word} `);
    const input = window.foedus.element("input", "", { type: "range", min: least, max: high + width, step: (high + width - least) / 400, value });
    label.append(input);
    line.append(label);
    return input;
  });
  const write = (moved) => {
    const values = slid.map((each) => Number(each.value));
    if (values[0] > values[1]) values[1 - moved] = values[moved]; // one end pushes the other
    slid.forEach((each, n) => { each.value = values[n]; });
    const inner = numbers.slice(1, -1).map((n) => Math.min(values[1], Math.max(values[0], n)));
    typed.value = `{${found[1]}: [${[values[0], ...inner, values[1]].map(number).join(", ")}]}`;
    card.querySelector(".ends").textContent = `${number(values[0])} to ${number(values[1])} (not kept yet)`;
  };
  slid.forEach((each, n) => each.addEventListener("input", () => write(n)));
  card.querySelector(".set").before(line);
}

for (const card of document.querySelectorAll(".parameter")) {
  picture(card);
  draggable(card);
}
