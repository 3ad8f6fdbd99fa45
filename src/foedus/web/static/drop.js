// Files may be dropped anywhere on the page.
"use strict";

const form = document.getElementById("bring");
if (form) {
  const files = document.getElementById("files");
  const over = (event) => { event.preventDefault(); form.classList.add("over"); };
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
