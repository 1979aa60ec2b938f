/**
 * Archives that are asked for studies: Study Root C-FIND and C-MOVE (PS3.4 annex C). What they send comes in by the listener,
 * as everything does; here is asked for it, and held against what was asked for. DICOMweb services are searched here too, by
 * QIDO-RS (PS3.18 10.6); how their studies are fetched, {@code dicomweb} knows.
 */
package org.rigatino.archive;
