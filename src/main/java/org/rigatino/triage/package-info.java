/**
 * The worklist: which studies a person should look at, in which order and why, and who does. Knows the persisted record
 * alone; how an outcome came about is not known here.
 */
package org.rigatino.triage;
