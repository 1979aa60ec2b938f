package org.rigatino.assessment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What answers of people say in archives, where a destination asks for them ({@code assessment}). */
@ConfigMapping(prefix = "rigatino.assessment")
public interface AssessmentConfiguration {
    /** Who an answer is of. */
    enum Observer {
        /** The name that the person signs in with. */
        NAME,
        /** {@code Reader} and a number: the same for the same person, and whose it is says the record alone. */
        PSEUDONYM
    }

    /** Who is the observer: {@code name}, with which the person signs in, or {@code pseudonym}, a number that the record alone resolves. */
    @WithDefault("name")
    Observer observer();

    /** Whether the comment goes with an answer. It may name a patient, and stays in the archive when it is deleted here, and here in the object until {@code rigatino.retention.outputs} deletes that. */
    @WithDefault("false")
    boolean comment();
}
