// What is pasted may be what was copied before: where nothing was copied it is said. Where the browser gives no clipboard, over plain HTTP to another machine, there is nothing to press.
for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) {
    button.hidden = true;
    continue;
  }
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    } catch {
      button.textContent = button.dataset.failed;
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
