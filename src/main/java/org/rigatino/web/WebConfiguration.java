package org.rigatino.web;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may ask over HTTP. */
@ConfigMapping(prefix = "rigatino.web")
public interface WebConfiguration {
    /** Where set, every request to {@code /api} carries it: {@code Authorization: Bearer TOKEN} (RFC 6750). */
    Optional<String> token();
}
