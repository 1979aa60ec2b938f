// The viewer of the image that is shown, and whether its pictures are there.
let pictured = false;

export function viewer() {
  return document.getElementById("viewer");
}

/** Another image is on its way. */
export function leave() {
  pictured = false;
}

export async function see() {
  const seeing = viewer();
  const pictures = [...seeing.querySelectorAll("img")];
  pictured = false;
  do {
    await Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
  } while (seeing.isConnected && pictures.some(picture => !picture.complete));
  pictured ||= seeing.isConnected;
}

/** Why no answer would be of an image that is seen: pictures are on their way, or cannot be had. Null where all are seen. */
export function unseen() {
  if (!pictured) {
    return "early";
  }
  return [...viewer().querySelectorAll("img[data-picture]")].every(picture => picture.naturalWidth > 0) ? null : "broken";
}
