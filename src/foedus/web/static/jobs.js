// Follow the jobs on this page as they go on.
"use strict";

for (const shown of document.querySelectorAll(".job[data-job]")) {
  if (["done", "failed", "cancelled"].includes(shown.dataset.state)) continue;
  const follow = new EventSource(`/api/v1/jobs/${shown.dataset.job}/events`);
  follow.addEventListener("job", (event) => {
    const job = JSON.parse(event.data);
    shown.querySelector("progress").value = job.share;
    shown.querySelector(".state").textContent = job.state;
    shown.querySelector(".says").textContent = job.says;
    for (const item of job.items) {
      const row = document.querySelector(`[data-whole] ~ table [data-item="${item.n}"]`);
      if (!row) continue;
      row.querySelector(".tag").textContent = item.state;
      row.lastElementChild.textContent = item.said;
    }
    if (["done", "failed", "cancelled"].includes(job.state)) {
      follow.close();
      window.location.reload(); // to what came of it, with its links
    }
  });
}
