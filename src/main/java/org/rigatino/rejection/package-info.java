/**
 * Rejection notes for archives that ask for them: which results a run of a newer release superseded, whether what takes their place
 * is proved to be there, and why another note is not sent. How a note is encoded {@code result} knows, how it gets there {@code
 * deliver}.
 */
package org.rigatino.rejection;
