// Go through what was read by keyboard; the words of the one at hand are marked.
"use strict";

const mentions = [...document.querySelectorAll(".mention")];
let at = -1;

function show(n, scroll = true) {
  if (!mentions.length) return;
  at = Math.max(0, Math.min(n, mentions.length - 1));
  const one = mentions[at];
  for (const each of mentions) each.classList.toggle("on", each === one);
  for (const mark of document.querySelectorAll("mark[data-mentions]")) {
    mark.classList.toggle("on", mark.dataset.mentions.split(" ").includes(one.dataset.n));
  }
  one.focus({ preventScroll: true });
  if (scroll) one.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const one = mentions[at];
  const found = one && one.querySelector(`[data-key="${key}"]`);
  if (!found) return;
  if (key === "c") {
    const part = found.closest("details");
    part.open = true;
    part.querySelector('input[name="value"]').focus();
  } else {
    found.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") show(at);
    return;
  }
  if (event.key === "j") show(at + 1);
  else if (event.key === "k") show(at - 1);
  else if (["a", "x", "c"].includes(event.key)) { event.preventDefault(); press(event.key); }
});
for (const mark of document.querySelectorAll("mark[data-mentions]")) {
  mark.addEventListener("click", () => {
    const n = mark.dataset.mentions.split(" ")[0];
    show(mentions.findIndex((each) => each.dataset.n === n));
  });
}
function arrive() {
  const target = document.querySelector(window.location.hash || "#none");
  const one = target && target.closest(".mention");
  if (one) show(mentions.indexOf(one));
}
window.addEventListener("hashchange", arrive);
try { arrive(); } catch { /* a hash that is no name of an element */ }
