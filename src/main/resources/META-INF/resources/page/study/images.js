// Going from image to image. The viewer is drawn anew, as a whole, for each, so that pictures, judgement and answer are always
// of one image.
import {carryTyped, keepTyped, putTyped, unsay} from "./answer.js";
import {mark} from "./place.js";
import {UNSEEN, view} from "./view.js";
import {leave, see, viewer} from "./viewer.js";

/** How the viewer that is shown is seen. Once its pictures have a size, the place that was kept can be gone to: it settles. */
export let seen = UNSEEN;
let wanted = viewer()?.dataset.rank;
let going = false;

export function attach() {
  mark(viewer().dataset.column, viewer().dataset.row);
  seen = view(viewer(), `view of ${viewer().dataset.page}`);
}

/** Goes to the image that was asked for last; those that were asked for meanwhile are passed over. */
export async function go(rank) {
  wanted = String(rank);
  if (going) {
    return;
  }
  going = true;
  unsay();
  try {
    while (wanted !== viewer().dataset.rank) {
      await show(wanted);
    }
  } finally {
    going = false;
  }
}

async function show(rank) {
  leave();
  const {page: study, earlier} = viewer().dataset;
  const chosen = earlier ? `&earlier=${encodeURIComponent(earlier)}` : "";
  const page = `${study}?image=${rank}${chosen}`;
  const answer = await fetch(`${study}/viewer?image=${rank}${chosen}`, {headers: {Accept: "*/*"}}).catch(() => null);
  if (!answer?.ok) {
    // The page itself says what is wrong.
    carryTyped();
    location.assign(page);
    return new Promise(() => {});
  }
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  seen.keep();
  keepTyped();
  draw(template.content.querySelector("#viewer"));
  putTyped();
  tellCurrent();
  history.replaceState(null, "", page);
  await see();
  seen.settle();
}

/** In place of the viewer that is shown: what is said, open, focused and below the pointer stays so. */
function draw(fresh) {
  const old = viewer();
  const held = old.contains(document.activeElement) ? document.activeElement.id : null;
  const open = old.querySelector("#keys")?.open;
  const singly = document.getElementById("single-keys").checked;
  const at = old.getBoundingClientRect().top;
  const said = [...document.getElementById("said")?.childNodes ?? []];
  old.replaceWith(fresh);
  attach();
  document.getElementById("said")?.append(...said);
  document.getElementById("keys").open = open;
  document.getElementById("single-keys").checked = singly;
  scrollBy(0, fresh.getBoundingClientRect().top - at);
  if (held !== null) {
    (document.getElementById(held) ?? fresh).focus({preventScroll: true});
  }
}

/** In the list of images. */
function tellCurrent() {
  for (const link of document.querySelectorAll(".images a")) {
    if (link.dataset.rank === viewer().dataset.rank) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

/** Of the slices in the order of the series, so many on from the one that is asked for. */
export function move(steps) {
  const ranks = document.getElementById("slice")?.dataset.ranks.split(",");
  if (!ranks) {
    return;
  }
  const to = Math.min(ranks.length - 1, Math.max(0, ranks.indexOf(wanted) + steps));
  go(ranks[to]);
}
