package org.rigatino.rerun;

import java.time.Instant;

/** What is to be known of a run for its next study: how far it has come is counted for people alone. */
record LockedRun(long id, Rerun.State state, Instant stateSince, String startedBy, RerunChoice choice) {}
