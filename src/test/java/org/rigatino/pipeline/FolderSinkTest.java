package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;

class FolderSinkTest {
    @TempDir
    Path folder;

    private static EncodedObject object(String uid) {
        byte[] bytes = {(byte) uid.length()};
        return new EncodedObject(ObjectKind.SEGMENTATION, uid, "1.2.840.10008.5.1.4.1.1.66.4", "2.25.5", bytes);
    }

    @Test
    void objectsWhoseUidsEndAlikeAreTwoFiles() throws IOException {
        FolderSink sink = new FolderSink(List.of(), folder, line -> {});
        sink.keepOfSeries(List.of(), object("2.25.112345678"));
        sink.keepOfSeries(List.of(), object("2.25.2212345678"));
        assertThat(folder.resolve("segmentation-2.25.112345678.dcm")).hasBinaryContent(new byte[] {14});
        assertThat(folder.resolve("segmentation-2.25.2212345678.dcm")).hasBinaryContent(new byte[] {15});
    }

    @ParameterizedTest
    @CsvSource({
        "a\u00e4b,4,a\u00e4b",
        "a\u00e4b,3,a\u00e4",
        "a\u00e4b,2,a",
        "a\ud83d\ude00,5,a\ud83d\ude00",
        "a\ud83d\ude00,4,a"
    })
    void aNameIsShortenedByWholeCharacters(String name, int bytes, String shortened) {
        assertThat(FolderSink.shortened(name, bytes)).isEqualTo(shortened);
    }
}
