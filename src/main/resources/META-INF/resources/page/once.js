// What was sent is not sent again while its answer is on its way: the second would be told of the first.
document.addEventListener("submit", event => {
  const form = event.target;
  if (form.method !== "post") {
    return;
  }
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  setTimeout(() => {
    if (!event.defaultPrevented) {
      form.dataset.sent = "";
    }
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(form => delete form.dataset.sent);
});
