package org.rigatino.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the files of a study, and whose it is, are kept after its last revision was confirmed or refused, be it one that
 * judged it again. Failed studies keep theirs for replay.
 */
@ConfigMapping(prefix = "rigatino.retention")
public interface RetentionConfiguration {
    /** Age at which instances as received are deleted, as in {@code 90d}; absent keeps them for ever. */
    Optional<Duration> instances();

    /** Age at which encoded outputs are deleted; absent keeps them for ever. */
    Optional<Duration> outputs();

    /**
     * Age at which names, numbers and dates of patient and study are deleted from the record, but for studies that are open on
     * the worklist, and comments on findings and reports of radiologists, which count from when they were written and received; absent
     * keeps them for ever.
     */
    Optional<Duration> identity();

    /** Age at which reports of radiologists of which there is no study, and updates and merges of patients by which no study is shown, are
     * deleted, and marks of what images say of patients that nobody took. */
    @WithDefault("P30D")
    Duration unmatchedReports();
}
