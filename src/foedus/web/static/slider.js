// The slider asks for the record as it was known on a day.
"use strict";

const slider = document.querySelector(".slider");
if (slider) {
  const days = slider.dataset.days.split(" ");
  const input = slider.querySelector("input");
  input.addEventListener("input", () => {
    slider.querySelector("output").textContent = days[input.value];
    input.setAttribute("aria-valuetext", days[input.value]);
  });
  input.addEventListener("change", () => {
    const address = new URL(window.location);
    if (Number(input.value) === days.length - 1) address.searchParams.delete("as_of");
    else address.searchParams.set("as_of", days[input.value]);
    address.searchParams.delete("first");
    window.location = address;
  });
}
