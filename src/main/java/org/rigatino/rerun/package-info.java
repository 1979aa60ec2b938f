/**
 * Runs of finished studies through the releases that serve now: which studies, how far a run has come, and what is next. The
 * work itself is a worker's, the moves of studies are {@link org.rigatino.study.StudyLife}'s.
 */
package org.rigatino.rerun;
