// What was sent is not sent again while its answer is on its way: the second would be told of the first.
document.addEventListener("submit", event => {
  const form = event.target;
  // The button that Enter presses where it is to do nothing sends nothing.
  if ((event.submitter?.getAttribute("formmethod") ?? form.method) !== "post") {
    return;
  }
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  setTimeout(() => {
    if (!event.defaultPrevented) {
      form.dataset.sent = "";
      // An answer that does not come may have been stopped by whoever waits for it.
      setTimeout(() => delete form.dataset.sent, 10000);
    }
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(form => delete form.dataset.sent);
});
