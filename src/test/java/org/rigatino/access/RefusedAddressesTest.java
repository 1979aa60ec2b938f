package org.rigatino.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rigatino.Settings;

class RefusedAddressesTest {
    private static final String ADDRESS = "192.0.2.9";

    /** Thirty within five minutes, and five minutes from the last of them. */
    @Test
    void anAddressIsNotHeardForTheWholeTimeAfterTheLastRefusal() {
        AtomicLong time = new AtomicLong();
        RefusedAddresses addresses = new RefusedAddresses();
        addresses.configuration = Settings.of(AccessConfiguration.class);
        addresses.open(time::get);
        Duration lock = addresses.configuration.signIn().addressLock();
        int most = addresses.configuration.signIn().addressFailures();
        for (int i = 1; i < most; i++) {
            assertThat(addresses.refused(ADDRESS)).isFalse();
        }
        time.set(lock.minusSeconds(1).toNanos());
        assertThat(addresses.refused(ADDRESS)).isTrue();
        time.set(lock.plusSeconds(1).toNanos());
        assertThat(addresses.begin(ADDRESS)).isEqualTo(RefusedAddresses.Admission.BLOCKED);
        assertThat(addresses.refused(ADDRESS)).as("told once").isFalse();
        time.set(lock.multipliedBy(2).toNanos());
        assertThat(addresses.begin(ADDRESS)).isEqualTo(RefusedAddresses.Admission.HEARD);
    }
}
