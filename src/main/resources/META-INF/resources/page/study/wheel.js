// What of a turn of the wheel is one slice, or with Ctrl one step of the zoom.
// Pixels of a line of the wheel, and of one event at least that is a notch by itself: browsers tell a notch as 53 to 120, less
// where the page is enlarged. Smaller ones, of a trackpad, are counted until they are a slice or a step of the zoom.
const LINE = 40;
const SLICE = 100;
const STEP = 40;

let turned = 0;
let zooming = false;

/** By which sign an event of the wheel is a notch: one slice, or one step of the zoom; 0 where it is less than that. */
export function notch(event) {
  const by = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE;
  if (zooming !== event.ctrlKey || turned * by < 0) {
    turned = 0;
  }
  zooming = event.ctrlKey;
  turned += by;
  if (Math.abs(by) < LINE && Math.abs(turned) < (zooming ? STEP : SLICE)) {
    return 0;
  }
  turned = 0;
  return Math.sign(by);
}
