// Asks a destination without leaving the page, which may take a while, and says so.
const outcome = document.getElementById("outcome");

function say(text) {
  const told = document.createElement("p");
  told.className = "told warning";
  told.textContent = text;
  outcome.replaceChildren(told);
}

async function ask(form) {
  say(form.dataset.asking);
  try {
    const answer = await fetch(form.action, { method: "POST" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const came = page.getElementById("outcome");
    if (came) {
      outcome.replaceChildren(...came.childNodes);
    } else {
      location.reload();
    }
  } catch {
    say(outcome.dataset.lost);
  }
}

for (const form of document.querySelectorAll("form.echo")) {
  const button = form.querySelector("button");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") !== "true") {
      button.setAttribute("aria-disabled", "true");
      await ask(form);
      button.removeAttribute("aria-disabled");
    }
  });
}
