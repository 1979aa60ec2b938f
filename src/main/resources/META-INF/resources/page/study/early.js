// Runs before anything of the page is drawn, and until its modules do: no answer of pictures that may not be there yet.
document.addEventListener("submit", event => {
  if (document.documentElement.dataset.scripts === "run" || !event.target.closest("#answers")) {
    return;
  }
  event.preventDefault();
  // Of the modules, one may listen though another failed.
  event.stopImmediatePropagation();
  const said = document.getElementById("said");
  const told = document.createElement("p");
  told.className = "told warning";
  // A module runs, or has failed, before the page is complete.
  told.textContent = document.readyState === "complete" ? said.dataset.unloaded : said.dataset.early;
  said.replaceChildren(told);
});
