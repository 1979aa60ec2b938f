// What a drag over a pane does: it moves the pictures, or widens their window.

/** Pixels that a pointer moves before what is pressed is a drag. */
export const CLICK = 4;

/** @param narrow of the window that the drag began with, by pixels to the right and down */
export function draggable(pane, controls, follow, values, narrow) {
  let from = null;
  pane.addEventListener("pointerdown", event => {
    const box = pane.getBoundingClientRect();
    if (event.clientX - box.left >= pane.clientWidth || event.clientY - box.top >= pane.clientHeight) {
      return;
    }
    const windowing = event.button === 2 || event.button === 0 && (event.shiftKey || controls.windowing.checked);
    // A finger moves the picture by itself.
    if (windowing || event.button === 0 && event.pointerType !== "touch") {
      pane.setPointerCapture(event.pointerId);
      from = {
        windowing, x: event.clientX, y: event.clientY, left: pane.scrollLeft, top: pane.scrollTop, ...values(), far: false,
      };
    }
  });
  pane.addEventListener("pointermove", event => {
    if (!from) {
      return;
    }
    const right = event.clientX - from.x;
    const down = event.clientY - from.y;
    from.far ||= Math.hypot(right, down) >= CLICK;
    if (!from.windowing) {
      pane.scrollLeft = from.left - right;
      pane.scrollTop = from.top - down;
      follow(pane);
    } else if (from.far) {
      narrow(from, right, down);
    }
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    pane.addEventListener(end, () => from = null);
  }
  // A menu that is asked for by a key is none of a drag.
  pane.addEventListener("contextmenu", event => event.button === 2 && event.preventDefault());
  pane.addEventListener("dragstart", event => event.preventDefault());
}
