/**
 * What the record and the machine say of how the work goes: gauges of what waits where and for how long, of the broker's
 * lag, of room on disks and GPUs, the drift of live scores, and the trace of each study. Nothing is changed here, and no metric has a label that
 * grows with patients, studies or images.
 */
package org.rigatino.monitor;
