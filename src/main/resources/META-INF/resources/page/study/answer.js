// What is typed and pressed to answer the image that is shown. What was typed and not sent stays with its image while the
// page is open, and no longer: nobody who sits down here later is shown it.
import {markTyped} from "./place.js";
import {unseen, viewer} from "./viewer.js";

const TYPED = ["reason", "comment", "column", "row"];
const CARRIED = "typed";

/** What was typed and not sent, by the image that it is of. */
const unsent = new Map();

function answerForm() {
  return document.querySelector("#answers form");
}

/** Tells it visibly and aloud. @param name of one of the texts that the page has for it */
function say(name) {
  const said = document.getElementById("said");
  const told = document.createElement("p");
  told.className = "told warning";
  told.textContent = said.dataset[name];
  said.replaceChildren(told);
}

/** Another image is gone to: what was said of the one before is old. */
export function unsay() {
  document.getElementById("said")?.replaceChildren();
}

function answeredImage(form) {
  return ["sop", "frame", "model"].map(name => form.elements[name].value).join(" ");
}

export function keepTyped() {
  const form = answerForm();
  if (!form) {
    return;
  }
  const typed = Object.fromEntries(TYPED.map(name => [name, form.elements[name]?.value ?? ""]));
  if (Object.values(typed).some(Boolean)) {
    unsent.set(answeredImage(form), {...typed, rank: viewer().dataset.rank});
  } else {
    unsent.delete(answeredImage(form));
  }
  markUnsent();
}

/** Somebody was quicker than this script. */
function touched(field) {
  return field.value !== (field.defaultValue ?? field.querySelector("option[selected]")?.value ?? "");
}

export function putTyped() {
  const form = answerForm();
  const typed = form && unsent.get(answeredImage(form));
  if (!typed) {
    return;
  }
  for (const name of TYPED) {
    const field = form.elements[name];
    if (field && !touched(field)) {
      field.value = typed[name];
    }
  }
  markTyped();
}

/** In the list of images, so that who is asked before the page is left finds them. */
function markUnsent() {
  document.querySelectorAll(".images .unsent").forEach(old => old.remove());
  for (const {rank} of unsent.values()) {
    const mark = document.createElement("span");
    mark.className = "mark unsent";
    mark.textContent = document.getElementById("said").dataset.unsent;
    document.querySelector(`.images a[data-rank="${rank}"]`)?.append(" ", mark);
  }
}

let leaving = false;

/** The page is loaded again, by the same person: what was typed of other images goes along. */
export function carryTyped() {
  keepTyped();
  leaving = true;
  if (unsent.size) {
    sessionStorage.setItem(CARRIED, JSON.stringify({page: viewer().dataset.page, by: viewer().dataset.by, typed: [...unsent]}));
  }
}

export function takeCarried() {
  const carried = JSON.parse(sessionStorage.getItem(CARRIED));
  sessionStorage.removeItem(CARRIED);
  if (carried?.page !== viewer().dataset.page || carried.by !== viewer().dataset.by) {
    return;
  }
  carried.typed.forEach(([image, typed]) => unsent.set(image, typed));
  if (answerForm() && document.querySelector("#answered:not(.warning)")) {
    unsent.delete(answeredImage(answerForm()));
  }
  putTyped();
  markUnsent();
}

function comesBack(form) {
  return new URL(form.action).pathname.startsWith(`${viewer().dataset.page}/`) || form.elements.back?.value === "study";
}

// A key that is pressed twice answers once.
let sent = false;

function submitted(event) {
  const form = event.target;
  if (form === answerForm()) {
    // Enter in a field chooses no answer.
    const chosen = event.submitter?.getAttribute("formmethod") !== "dialog";
    const hidden = chosen ? unseen() : "nothing";
    if (hidden) {
      event.preventDefault();
      say(hidden);
      return;
    }
    if (sent) {
      event.preventDefault();
      say("sending");
      return;
    }
    sent = true;
  }
  if (form.method === "post" && comesBack(form)) {
    carryTyped();
  }
}

if (viewer()) {
  document.addEventListener("submit", submitted);
  window.addEventListener("pageshow", () => { sent = leaving = false; });
  window.addEventListener("beforeunload", event => {
    if (!leaving) {
      keepTyped();
      if (unsent.size) {
        event.preventDefault();
      }
    }
  });
}
