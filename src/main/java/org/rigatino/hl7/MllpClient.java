package org.rigatino.hl7;

import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.llp.MinLLPReader;
import ca.uhn.hl7v2.llp.MinLLPWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;
import org.rigatino.dicom.TlsProfile;

/** Messages over MLLP, each on a connection of its own, which is closed after the answer. */
final class MllpClient {
    private static final long LONGEST_ANSWER = 1024 * 1024;

    private final Hl7Configuration.Settings settings;
    private final Optional<TlsProfile> tls;

    MllpClient(Hl7Configuration.Settings settings, Optional<TlsProfile> tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /**
     * Returns once the message was accepted.
     *
     * @throws org.rigatino.notify.RejectedException where the answer is AR or CR
     * @throws IOException where there is another answer or none
     */
    void send(String message, String controlId) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(settings.host(), settings.port()), millis(settings.connectTimeout()));
            plain.setSoTimeout(millis(settings.responseTimeout()));
            try (Socket channel = tls.isPresent()
                    ? tls.get().connect(plain, settings.host(), settings.port(), settings.responseTimeout())
                    : plain) {
                new MinLLPWriter(channel.getOutputStream(), StandardCharsets.UTF_8).writeMessage(message);
                Acknowledgement.check(answer(channel.getInputStream()), controlId);
            }
        } catch (LLPException e) {
            throw new IOException("the answer is not framed as MLLP has it", e);
        }
    }

    private String answer(InputStream in) throws IOException, LLPException {
        InputStream bounded = BoundedInputStream.builder()
                .setInputStream(in)
                .setMaxCount(LONGEST_ANSWER)
                .get();
        String answer = new MinLLPReader(bounded, StandardCharsets.UTF_8).getMessage();
        if (answer == null) {
            throw new IOException("no answer within " + settings.responseTimeout());
        }
        return answer;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
