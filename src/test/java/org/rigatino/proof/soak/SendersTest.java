package org.rigatino.proof.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendersTest {
    @TempDir
    Path folder;

    @Test
    void whatIsNotSentInTimeIsAFailure() throws Exception {
        Senders senders = new Senders(folder, 1, fault -> {});
        SoakStudy study = new SoakStudy(List.of(), List.of(), EnumSet.noneOf(Fault.class));
        senders.start(List.of(study, study), Duration.ofDays(1));
        senders.await(Duration.ofMillis(1));
        assertThat(senders.failures()).singleElement().asString().contains("not everything was sent");
    }

    @Test
    void aSenderThatEndsIsAFailure() throws Exception {
        Senders senders = new Senders(folder, 1, fault -> {
            throw new IllegalStateException("cannot count");
        });
        senders.start(List.of(new SoakStudy(List.of(), List.of(), EnumSet.of(Fault.DUPLICATE))), Duration.ZERO);
        senders.await(Duration.ofMinutes(2));
        assertThat(senders.failures()).containsExactly("a sender ended: java.lang.IllegalStateException: cannot count");
    }
}
