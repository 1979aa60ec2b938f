package org.rigatino.deliver;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rigatino.persistence.Output;

/** The lists of what destinations receive, looked at before anything starts. */
public final class DestinationObjects {
    private DestinationObjects() {}

    /** @throws IllegalArgumentException that names the property of an empty list, and what may be in one */
    public static void check(DeliverConfiguration configuration) {
        configuration.destinations().forEach((name, destination) -> {
            if (destination.objects().isEmpty()) {
                throw new IllegalArgumentException("rigatino.deliver.destinations." + name
                        + ".objects is empty, so that nothing would go there: write one or more of " + names()
                        + ", or take the line out for secondary-capture");
            }
        });
    }

    private static String names() {
        return Arrays.stream(Output.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
