package org.rigatino.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on the work for one study, and for releases in shadow. */
@ConfigMapping(prefix = "rigatino.worker")
public interface WorkerConfiguration {
    /** A study that takes longer has failed. */
    @WithDefault("PT1H")
    Duration studyTimeLimit();

    /** Releases in shadow judge what was judged before, while no study is under way. */
    Shadow shadow();

    /** Limits on that. */
    interface Shadow {
        /** Time that they may work in an hour, all together, in each process; 0 for none. */
        @WithDefault("PT15M")
        Duration budget();

        /** A study that takes a shadow longer has failed for it, without waiting for studies that came first. */
        @WithDefault("PT10M")
        Duration studyTimeLimit();

        /** How long ago a study may have been judged; the latest come first. */
        @WithDefault("P1D")
        Duration within();
    }
}
