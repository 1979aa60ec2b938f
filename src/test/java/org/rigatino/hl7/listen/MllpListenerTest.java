package org.rigatino.hl7.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.dicom.Certificates;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.hl7.Hl7Configuration;
import org.rigatino.hl7.Hl7ListenConfiguration;

/** Connections that are slow, silent, endless or too many. */
@Slow
class MllpListenerTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private MllpListener listener;

    static Hl7ListenConfiguration settings(Map<String, String> values) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(Hl7Configuration.class);
        builder.withDefaultValue("rigatino.hl7.listen.port", "0");
        values.forEach((name, value) -> builder.withDefaultValue("rigatino.hl7.listen." + name, value));
        return builder.build().getConfigMapping(Hl7Configuration.class).listen();
    }

    private void listen(Map<String, String> settings) throws IOException {
        listen(settings, null);
    }

    private void listen(Map<String, String> settings, TlsProfile tls) throws IOException {
        listener = MllpListener.start(
                MllpRules.of(settings(settings), Optional.ofNullable(tls)), (bytes, whole, address) -> {
                    heard.add(new String(bytes, StandardCharsets.UTF_8));
                    String last = heard.get(heard.size() - 1);
                    return (last.equals("long") ? "x".repeat(1 << 24) : whole ? "whole" : "cut")
                            .getBytes(StandardCharsets.UTF_8);
                });
    }

    @AfterEach
    void close() throws IOException {
        if (listener != null) {
            listener.close();
        }
    }

    private void isStillServing() throws IOException {
        assertThat(listener.isListening()).isTrue();
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            assertThat(peer.send("the next")).isEqualTo("whole");
        }
    }

    @Test
    void messagesOfAConnectionAreAnsweredInTheirOrderHoweverTheyAreCutIntoPackets() throws Exception {
        listen(Map.of());
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            for (byte one : MllpPeer.framed("one".getBytes(StandardCharsets.UTF_8))) {
                peer.write(new byte[] {one});
            }
            assertThat(peer.answer()).isEqualTo("whole");
            peer.write("\u000Btwo\u001C\r\r\n\u000Bthree\u001C\r".getBytes(StandardCharsets.UTF_8));
            assertThat(peer.answer()).isEqualTo("whole");
            assertThat(peer.answer()).isEqualTo("whole");
        }
        assertThat(heard).containsExactly("one", "two", "three");
    }

    @Test
    void aMessageThatIsTooLongIsAnsweredAsThatAndItsConnectionClosed() throws Exception {
        listen(Map.of("max-message", "1K"));
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            peer.write(("\u000B" + "x".repeat(1024)).getBytes(StandardCharsets.UTF_8));
            peer.write("x".getBytes(StandardCharsets.UTF_8));
            assertThat(peer.answer()).isEqualTo("cut");
            assertThat(peer.answer()).isEmpty();
        }
        isStillServing();
    }

    @Test
    void aPeerThatSendsOnReadsWhyItsMessageIsNotTaken() throws Exception {
        listen(Map.of("max-message", "1K"));
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            peer.write(("\u000B" + "x".repeat(8 * 1024)).getBytes(StandardCharsets.UTF_8));
            await().until(() -> !heard.isEmpty());
            peer.write("x".repeat(7 * 1024).getBytes(StandardCharsets.UTF_8));
            peer.write("\u001C\r".getBytes(StandardCharsets.UTF_8));
            assertThat(peer.answer()).isEqualTo("cut");
            assertThat(peer.answer()).isEmpty();
        }
        isStillServing();
    }

    @Test
    void aVerticalTabWithinAMessageIsPartOfIt() throws Exception {
        listen(Map.of());
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            assertThat(peer.send("one\u000Btwo")).isEqualTo("whole");
        }
        assertThat(heard).containsExactly("one\u000Btwo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "\u000Bends", "\u000Bone\u001Cmore\u001C\r"})
    void whatIsNoFrameOrEndsWithinOneIsNoMessage(String sent) throws Exception {
        listen(Map.of());
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            peer.write(sent.getBytes(StandardCharsets.UTF_8));
            peer.end();
            assertThat(peer.answer()).isEmpty();
        }
        assertThat(heard).isEmpty();
        isStillServing();
    }

    @Test
    void aMessageThatDripsIsGivenUpInItsTime() throws Exception {
        listen(Map.of("message-timeout", "PT1S"));
        long begin = System.nanoTime();
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            peer.write(new byte[] {0x0B});
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                try {
                    peer.write(new byte[] {'x'});
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        assertThat(heard).isEmpty();
        isStillServing();
    }

    @Test
    void whoSaysNothingIsCutOffAndWhoTakesNoAnswerToo() throws Exception {
        listen(Map.of("idle-timeout", "PT0.5S", "message-timeout", "PT0.5S", "max-connections", "2"));
        try (MllpPeer silent = new MllpPeer(listener.port())) {
            assertThat(silent.answer()).isEmpty();
        }
        try (MllpPeer deaf = new MllpPeer(listener.port())) {
            deaf.write(MllpPeer.framed("long".getBytes(StandardCharsets.UTF_8)));
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                try {
                    deaf.write("\u000Bx\u001C\r".getBytes(StandardCharsets.UTF_8));
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
        await().ignoreExceptions().untilAsserted(this::isStillServing);
    }

    @Test
    void oneAddressHasHalfOfTheConnectionsAndGetsThemBack() throws Exception {
        listen(Map.of("max-connections", "4"));
        List<MllpPeer> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            held.add(new MllpPeer(listener.port()));
            assertThat(held.get(i).send("first")).isEqualTo("whole");
        }
        try (MllpPeer third = new MllpPeer(listener.port())) {
            assertThat(third.answer()).isEmpty();
        }
        for (MllpPeer peer : held) {
            peer.close();
        }
        await().ignoreExceptions().untilAsserted(this::isStillServing);
    }

    @Test
    void anAddressThatIsNotListedIsNotHeard() throws Exception {
        listen(Map.of("remote-addresses", "192.0.2.0/24"));
        try (MllpPeer peer = new MllpPeer(listener.port())) {
            assertThat(peer.answer()).isEmpty();
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void anAddressThatOthersReachNeedsAListAndTlsOrAWordThatItIsProtected() {
        Map<String, String> settings = new HashMap<>(Map.of("host", "0.0.0.0"));
        assertThatThrownBy(() -> MllpRules.of(settings(settings), Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rigatino.hl7.listen.remote-addresses");
        settings.put("remote-addresses", "192.0.2.7");
        assertThatThrownBy(() -> MllpRules.of(settings(settings), Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rigatino.hl7.listen.plain-mllp=true");
        settings.put("plain-mllp", "true");
        assertThat(MllpRules.of(settings(settings), Optional.empty()).networks())
                .hasSize(1);
    }

    @Test
    void overTlsSendersProveWhoTheyAreAndNobodyDrips(@TempDir Path keys) throws Exception {
        Certificates certificates = Certificates.make(keys);
        SSLContext own = certificates.context("rigatino");
        listen(Map.of("message-timeout", "PT2S"), new TlsProfile(() -> own, true, false));
        try (MllpPeer peer = new MllpPeer(tls(certificates, "peer"))) {
            assertThat(peer.send("one")).isEqualTo("whole");
            peer.write(new byte[] {0x0B});
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                try {
                    peer.write(new byte[] {'x'});
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
        try (MllpPeer stranger = new MllpPeer(tls(certificates, "stranger"))) {
            assertThatThrownBy(() -> {
                        if (stranger.send("two").isEmpty()) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        try (MllpPeer plain = new MllpPeer(listener.port())) {
            plain.write(MllpPeer.framed("three".getBytes(StandardCharsets.UTF_8)));
            plain.end();
            assertThat(plain.answer()).doesNotContain("whole");
        }
        assertThat(heard).containsExactly("one");
        assertThat(listener.isListening()).isTrue();
    }

    private Socket tls(Certificates certificates, String name) throws Exception {
        return certificates
                .context(name)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), listener.port());
    }
}
