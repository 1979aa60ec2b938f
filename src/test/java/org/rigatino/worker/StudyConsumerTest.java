package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.ingest.StudyReady;

/** What is no event of a study is refused before the record is asked, which would not take it either. */
class StudyConsumerTest {
    private static StudyReady parse(String event) throws JsonProcessingException {
        StudyConsumer consumer = new StudyConsumer();
        consumer.json = new ObjectMapper();
        return consumer.parse(event);
    }

    private static String event(String uid, String revision, String store) {
        return "{\"studyInstanceUid\":" + uid + ",\"revision\":" + revision + ",\"instanceStore\":" + store + "}";
    }

    @Test
    void whatIsPublishedIsTaken() throws Exception {
        StudyReady ready = new StudyReady("2.25.1", 2, "/data/store");

        assertThat(parse(new ObjectMapper().writeValueAsString(ready))).isEqualTo(ready);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2.25.1\\u0000\"", "\"\"", "\"2.25.1/../2\"", "\"\\ud800\"", "null", "{}"})
    void aTextThatIsNoUidIsNone(String uid) {
        assertRefused(event(uid, "1", "\"/data/store\""));
    }

    @Test
    void neitherIsOneOfMoreThan64Characters() {
        assertRefused(event("\"2." + "1".repeat(63) + "\"", "1", "\"/data/store\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "null", "2147483648"})
    void revisionsCountFrom1On(String revision) {
        assertRefused(event("\"2.25.1\"", revision, "\"/data/store\""));
    }

    @Test
    void eventsWithoutAStoreOrAtAllAreNone() {
        assertRefused(event("\"2.25.1\"", "1", "null"));
        assertRefused(null);
        assertRefused("null");
        assertRefused("not json");
    }

    private static void assertRefused(String event) {
        assertThatThrownBy(() -> parse(event))
                .as(String.valueOf(event))
                .isInstanceOfAny(JsonProcessingException.class, IllegalArgumentException.class);
    }
}
