package org.rigatino.finding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import java.util.Optional;

/** How studies are judged. */
@ConfigMapping(prefix = "rigatino.finding")
public interface FindingConfiguration {
    /**
     * Of 100 normal studies at most so many are flagged, by each release that knows normal studies.
     * Without it each release's own, 5 as a rule. n normal studies cannot promise fewer than 100/(n + 1).
     */
    @WithName("false-alarms-per-100-normal-studies")
    Optional<@DecimalMin("0.01") @Max(99) Double> falseAlarmsPer100NormalStudies();
}
