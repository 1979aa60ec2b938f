/**
 * Takes HL7 messages over MLLP: who may connect, frames, character sets, segments, answers. What a message says goes to
 * {@link org.rigatino.report}; no value of one is in a log line, an answer or an event.
 */
package org.rigatino.hl7.listen;
