package org.rigatino.rule;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Who may look at what, where it goes and what comes first: rules of the house. */
@ConfigMapping(prefix = "rigatino.rules")
public interface RulesConfiguration {
    /**
     * YAML file of rules. A change of it is in force within three seconds, without a restart; one that is wrong is told and
     * leaves the rules of before in force. All processes are to have the same. Without it every release may look at every
     * image, every destination receives all that it takes, and studies are taken in the order in which they come.
     */
    Optional<Path> file();
}
