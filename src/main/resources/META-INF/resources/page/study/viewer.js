// The viewer of the image that is shown, and whether its pictures are there.
let pictured = false;
/** Of what is seen: a number, so that what was waited for of an image that was left tells nothing of the next. */
let seeing = 0;

export function viewer() {
  return document.getElementById("viewer");
}

/** Another image is on its way. */
export function leave() {
  pictured = false;
  return ++seeing;
}

export async function see() {
  const mine = leave();
  const pictures = [...viewer().querySelectorAll("img")];
  do {
    await Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
  } while (mine === seeing && pictures.some(picture => !picture.complete));
  pictured ||= mine === seeing;
}

/** Why no answer would be of an image that is seen: pictures are on their way, or cannot be had. Null where all are seen. */
export function unseen() {
  if (!pictured) {
    return "early";
  }
  if (viewer().querySelector("[data-unread]")) {
    return "broken";
  }
  return [...viewer().querySelectorAll("img[data-picture]")].every(picture => picture.naturalWidth > 0) ? null : "broken";
}
