/**
 * Archives that are asked for studies: Study Root C-FIND and C-MOVE (PS3.4 annex C). What they send comes in by the listener,
 * as everything does; here is asked for it, and held against what was asked for.
 */
package org.rigatino.archive;
