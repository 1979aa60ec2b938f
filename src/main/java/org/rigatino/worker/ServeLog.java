package org.rigatino.worker;

import io.smallrye.config.SmallRyeConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logmanager.LogContext;

/** The log of {@code serve} before Quarkus has it: what is told until then is written once the format is known. */
final class ServeLog {
    private static final Logger LOG = Logger.getLogger(ServeCommand.class);
    private static final Pattern CATEGORY = Pattern.compile("quarkus\\.log\\.category\\.\"?([^\"]+)\"?\\.level");

    private ServeLog() {}

    /** The levels that will hold, at once: the embedded parts have thousands of lines below WARN. */
    static void prepare(SmallRyeConfig config) {
        level("", config.getOptionalValue("quarkus.log.level", String.class).orElse("WARN"));
        level("org.rigatino", "INFO");
        for (String property : config.getPropertyNames()) {
            Matcher category = CATEGORY.matcher(property);
            if (category.matches()) {
                config.getOptionalValue(property, String.class).ifPresent(level -> level(category.group(1), level));
            }
        }
    }

    private static void level(String category, String name) {
        LogContext context = LogContext.getLogContext();
        context.getLogger(category).setLevel(context.getLevelForName(name));
    }

    static void record(String place) {
        LOG.info(place);
    }
}
