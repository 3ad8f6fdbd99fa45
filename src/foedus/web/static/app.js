// What every page does: the menu is open where there is room for it, and changes carry the token.
"use strict";

const wide = window.matchMedia("(min-width: 60rem)");
const menu = document.querySelector(".menu");
if (menu) {
  const fit = () => { menu.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
}

// Ask the API; an answer that is refused is thrown with what it says.
window.foedus = {
  async ask(address, body, method = "POST") {
    const token = document.querySelector('meta[name="csrf"]').content;
    const answer = await fetch(address, {
      method,
      headers: { "content-type": "application/json", "x-csrf-token": token },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const told = answer.status === 204 ? null : await answer.json();
    if (!answer.ok) throw new Error(told.detail || answer.statusText);
    return told;
  },
  element(name, words = "", marks = {}) {
    const made = document.createElement(name);
    made.textContent = words;
    for (const [mark, value] of Object.entries(marks)) made.setAttribute(mark, value);
    return made;
  },
};
