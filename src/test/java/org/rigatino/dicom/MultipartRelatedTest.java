package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as RFC 2046 5.1.1 allows them; in the tables ; stands for CR LF, ~ for a blank and T for a tab. */
class MultipartRelatedTest {
    private static final String TYPE = "multipart/related; type=\"application/dicom\"; boundary=b";

    private static List<String> parts(String type, String body, int step) throws IOException {
        List<String> parts = new ArrayList<>();
        InputStream slow = new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, step));
            }
        };
        MultipartRelated.of(type, slow, 10)
                .forEach(part -> parts.add(new String(part.readAllBytes(), StandardCharsets.ISO_8859_1)));
        return parts;
    }

    private static String text(String written) {
        return written.replace(";", "\r\n").replace('~', ' ').replace('T', '\t');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b;C: application/dicom;;one;--b;C: x;;two;--b--;",
                "--b~;C: application/dicom;;one;--b~~T~;C: x;;two;--b--",
                "--bT;C: application/dicom;;one;--bT;C: x;;two;--b--~~;epilogue;--b;nothing",
                ";--b;C: application/dicom;;one;--b~;C: x;;two;--b--",
                "a preamble; of -- lines;--b;C: application/dicom;;one;--b;C: x;;two;--b--an epilogue",
                "--b;;one;--b~;;two;--b--;",
                "--b;X-Long: a;~folded line;C: application/dicom;;one;--b;C: x;;two;--b--;"
            })
    void everyLegalFormHasTheSameParts(String body) throws IOException {
        for (int step : new int[] {1, 2, 3, 7, 1 << 16}) {
            assertThat(parts(
                            TYPE,
                            text(body.replace("C: x", "C: application/dicom").replace("C: ", "Content-Type: ")),
                            step))
                    .containsExactly("one", "two");
        }
    }

    /** What only looks like a delimiter, and blanks that are a part's own. */
    @Test
    void contentIsLeftAsItIs() throws IOException {
        String content = "\r\n-b \r\n--\r\n --b \r\r\n--a\t\r\n ";
        String body = "--b \r\nContent-Type: application/dicom\r\n\r\n" + content + "\r\n--b-- ";
        for (int step : new int[] {1, 5, 1 << 16}) {
            assertThat(parts(TYPE, body, step)).containsExactly(content);
        }
    }

    @Test
    void largePartsPassWhole() throws IOException {
        String content = "\r\n--x\r".repeat(100_000);
        assertThat(parts(TYPE, "--b\t\r\n\r\n" + content + "\r\n--b  \r\n\r\n" + content + "\r\n--b--", 1 << 14))
                .containsExactly(content, content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/related; type=\"application/dicom\"; boundary=\"b\" | b",
                "multipart/related;boundary=\"gc0pJq0M:08jU534c0p\";type=\"application/dicom\" | gc0pJq0M:08jU534c0p",
                "Multipart/Related; Boundary=\"two words\"; Type=application/dicom | two words",
                "multipart/related; boundary=\"a'()+_,-./:=?z\" | a'()+_,-./:=?z",
                "multipart/related; boundary=----WebKitFormBoundary7MA4 | ----WebKitFormBoundary7MA4"
            })
    void aBoundaryMayBeQuoted(String type, String boundary) throws IOException {
        String body = "--" + boundary + " \r\nContent-Type: application/dicom\r\n\r\none\r\n--" + boundary + "--";
        assertThat(parts(type, body, 1 << 16)).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b;C: x;;one",
                "--b;C: x;;one;--b~x;C: x;;two;--b--",
                "--b~",
                "--b;C: x;;one;--b",
                "no delimiter"
            })
    void aBodyThatIsMalformedOrEndsEarlyIsNotTakenForWhole(String body) {
        String sent = text(body);
        assertThatThrownBy(() -> {
                    if (parts(TYPE, sent, 1 << 16).isEmpty()) {
                        throw new IOException("no part");
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
