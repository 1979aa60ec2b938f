package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitTest {
    @ParameterizedTest
    @CsvSource({
        "/worklist, /worklist?language=de",
        "/worklist?show=MINE&language=en, /worklist?show=MINE&language=de",
        "/worklist?show=MINE&told=1.2&came=TAKEN, /worklist?show=MINE&language=de",
        "/administration?undone=1&replayed=3, /administration?language=de",
        "//worklist?saved=x&to=a%26b, /worklist?to=a%26b&language=de"
    })
    void inAnotherLanguageWhatWasToldIsNotToldAgain(String address, String other) {
        assertThat(Visit.in(URI.create("http://localhost" + address), Language.DE))
                .isEqualTo(other);
    }
}
