package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A start that ends before it begins: no port is opened and no embedded part started. */
class ServeCommandTest {
    private static final String PACS = "rigatino.deliver.destinations.pacs.";

    @AfterEach
    void forget() {
        for (String key : new String[] {"host", "ae-title", "objects", "commitment", "port"}) {
            System.clearProperty(PACS + key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hologram", "triptych,hologram"})
    void aDestinationWithoutKnownObjectsStopsTheStartWithALine(String objects) {
        System.setProperty(PACS + "host", "127.0.0.1");
        System.setProperty(PACS + "ae-title", "PACS");
        System.setProperty(PACS + "objects", objects);
        StringWriter error = new StringWriter();
        int exit = new CommandLine(new ServeCommand())
                .setErr(new PrintWriter(error, true))
                .execute();
        assertThat(exit).isEqualTo(1);
        assertThat(error.toString().lines())
                .singleElement()
                .asString()
                .startsWith("rigatino serve: ")
                .contains(PACS + "objects")
                .contains("multi-frame-triptych");
    }

    @ParameterizedTest
    @CsvSource({"commitment,hologram,storage-commitment", "port,many,many", "objects,hologram,multi-frame-triptych"})
    void aWrongValueIsToldByPropertyAndValue(String key, String value, String told) {
        System.setProperty(PACS + "host", "127.0.0.1");
        System.setProperty(PACS + "ae-title", "PACS");
        System.setProperty(PACS + key, value);
        StringWriter error = new StringWriter();
        new CommandLine(new ServeCommand()).setErr(new PrintWriter(error, true)).execute();
        assertThat(error.toString().lines())
                .singleElement()
                .asString()
                .contains(PACS + key, value, told)
                .doesNotContain("SRCFG", "Exception", "org.rigatino");
    }
}
