const form = document.getElementById("sign-in");
const refusal = document.getElementById("refusal");
// Nobody has judged the password: the server is out of reach, or cannot.
const trouble = document.getElementById("trouble");

// Where the visitor was going, on this server alone; else to the first page of their role.
function destination() {
  const to = new URLSearchParams(location.search).get("to");
  const url = new URL(to && to.startsWith("/") ? to : "/", location.origin);
  return url.origin === location.origin && url.pathname + url.search !== "/worklist" ? url.href : "/";
}

// The server leads there, or to that first page where their role does not show it.
function started(destination) {
  const url = new URL(destination, location.origin);
  return `/?to=${encodeURIComponent(url.pathname + url.search + url.hash)}`;
}

form.addEventListener("submit", async event => {
  event.preventDefault();
  refusal.hidden = trouble.hidden = true;
  const answer = await fetch("/sign-in", { method: "POST", body: new URLSearchParams(new FormData(form)) })
    .catch(() => ({ ok: false }));
  if (answer.ok) {
    location.assign(started(destination()));
  } else if (answer.status === 401) {
    refusal.hidden = false;
    document.getElementById("password").value = "";
    document.getElementById("password").focus();
  } else {
    trouble.hidden = false;
  }
});
