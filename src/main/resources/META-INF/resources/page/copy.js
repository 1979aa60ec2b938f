// Where the browser gives no clipboard, over plain HTTP to another machine, there is nothing to press.
for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) {
    button.hidden = true;
    continue;
  }
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
