// What of a turn of the wheel is one slice, or with Ctrl one step of the zoom.
// Pixels of a line of the wheel, and of a wheel's notch at least: browsers tell a notch as 53 to 120, less where the page is
// enlarged. A wheel begins with one, and all of its notches are of one size. Fingers on a trackpad begin with less, or go on with
// other sizes: what they turn is counted until it is a slice or a step of the zoom.
const LINE = 40;
const SLICE = 100;
const STEP = 40;

// Milliseconds without an event, after which another turn begins.
const PAUSE = 200;

let turned = 0;
let zooming = false;
let notched = 0;
let last = -Infinity;

/** By which sign an event of the wheel is a notch: one slice, or one step of the zoom; 0 where it is less than that. */
export function notch(event) {
  const by = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE;
  if (zooming !== event.ctrlKey || turned * by < 0) {
    turned = 0;
  }
  if (event.timeStamp - last > PAUSE || zooming !== event.ctrlKey) {
    notched = Math.abs(by) < LINE ? 0 : Math.abs(by);
  }
  last = event.timeStamp;
  zooming = event.ctrlKey;
  if (notched && isWhole(by / notched)) {
    turned = 0;
    return Math.sign(by);
  }
  notched = 0;
  turned += by;
  if (Math.abs(turned) < (zooming ? STEP : SLICE)) {
    return 0;
  }
  turned = 0;
  return Math.sign(by);
}

/** Several notches may come as one event. */
function isWhole(notches) {
  return Math.round(notches) !== 0 && Math.abs(notches - Math.round(notches)) < 0.01;
}
