const form = document.getElementById("sign-in");
const refusal = document.getElementById("refusal");

form.addEventListener("submit", async event => {
  event.preventDefault();
  refusal.hidden = true;
  const answer = await fetch("/sign-in", { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (answer.ok) {
    location.assign("/worklist");
  } else {
    refusal.hidden = false;
    document.getElementById("password").value = "";
    document.getElementById("password").focus();
  }
});
