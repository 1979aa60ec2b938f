package org.rigatino.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rigatino.Patience;

class BacklogMetersTest {
    private static final String LOOKED_AT = "rigatino.monitor.looked.at";

    /** As where one JVM starts the application again: the registry of all of them stays, what it writes to is new. */
    @Test
    @Timeout(Patience.SECONDS)
    void aSecondApplicationTellsWhenItLooked() {
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        BacklogMeters first = new BacklogMeters(null, null, null, null, all);
        WeakReference<BacklogMeters> gone = new WeakReference<>(first);
        first.leave();
        first = null;
        while (gone.get() != null) {
            System.gc();
        }
        BacklogMeters second = new BacklogMeters(null, null, null, null, all);
        SimpleMeterRegistry shown = new SimpleMeterRegistry();
        all.add(shown);

        assertThat(shown.find(LOOKED_AT).timeGauge()).isNotNull();
        second.leave();
        assertThat(all.find(LOOKED_AT).timeGauge()).isNull();
    }
}
