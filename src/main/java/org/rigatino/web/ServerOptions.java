package org.rigatino.web;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Which running Rigatino a command asks, and as whom. */
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "A process with the role web. Default: ${DEFAULT-VALUE}.")
    private String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:RIGATINO_TOKEN}",
            description = "Bearer token, where one is asked for; otherwise RIGATINO_TOKEN.")
    private String token;

    /** @param limit of a request */
    RestClient client(Duration limit) {
        return new RestClient(url, token, limit);
    }
}
