package org.rigatino.identity;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What pages and REST show. */
@ConfigMapping(prefix = "rigatino.page")
public interface IdentityConfiguration {
    /**
     * How much of whose a study is coordinators, radiologists and auditors are shown, people and machines alike: {@code full};
     * {@code accession}, which is accession number, age and sex; {@code none}. Absent it is {@code full} once there is somebody
     * who signs in, and {@code none} until then. Nobody else is shown any of it.
     */
    Optional<IdentityLevel> identity();
}
