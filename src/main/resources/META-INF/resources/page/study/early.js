// Runs before anything of the page is drawn, and until its modules do: no answer of pictures that may not be there yet.
document.addEventListener("submit", event => {
  if (document.documentElement.dataset.scripts === "run" || !event.target.closest("#answers")) {
    return;
  }
  event.preventDefault();
  const said = document.getElementById("said");
  const told = document.createElement("p");
  told.className = "told warning";
  told.textContent = said.dataset.early;
  said.replaceChildren(told);
});
