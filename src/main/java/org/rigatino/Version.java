package org.rigatino;

import java.io.IOException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.embedded.DatabaseSchema;
import picocli.CommandLine.IVersionProvider;

/** The version that this was built as, and the number of the schema that it migrates a database to. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "rigatino " + ConfigProvider.getConfig().getValue("quarkus.application.version", String.class)
                    + ", database schema " + DatabaseSchema.latest()
        };
    }
}
