package org.rigatino;

import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.IVersionProvider;

/** The version that this was built as. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "rigatino " + ConfigProvider.getConfig().getValue("quarkus.application.version", String.class)
        };
    }
}
