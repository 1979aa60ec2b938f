/**
 * Tells others by HL7 2.5.1 messages, ORU^R01 over MLLP, what a study came to. Reads the record and the header of a stored
 * instance, for whose study it is, and neither pixels nor how an outcome came about.
 */
package org.rigatino.hl7;
