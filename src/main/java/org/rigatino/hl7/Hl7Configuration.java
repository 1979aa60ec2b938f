package org.rigatino.hl7;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.notify.Patience;

/** Who is told of outcomes by HL7 messages, and who sends reports by them. */
@ConfigMapping(prefix = "rigatino.hl7")
public interface Hl7Configuration {
    /** By a name of the site's choice. */
    Map<String, @Valid Settings> receivers();

    /** Reports of radiologists that come in. */
    @Valid Hl7ListenConfiguration listen();

    /** One receiver. */
    interface Settings extends Patience {
        /** Name or address of the receiver. */
        @NotBlank String host();

        /** Its port, 2575 being IANA's for HL7 over MLLP. */
        @Min(1) @Max(65535) @WithDefault("2575")
        int port();

        /** Name of the keys and trust, {@code quarkus.tls.NAME}; absent sends over plain TCP. */
        Optional<String> tls();

        /** Whether patients' names may pass in clear to another machine, as through a tunnel of the site's own. */
        @WithDefault("false")
        boolean plainMllp();

        /** MSH-3, and the namespace of order numbers of Rigatino's own. */
        @WithDefault("RIGATINO")
        @NotBlank String sendingApplication();

        /** MSH-4, the sender's site. */
        Optional<String> sendingFacility();

        /** MSH-5, as the receiver calls itself. */
        Optional<String> receivingApplication();

        /** MSH-6, the receiver's site. */
        Optional<String> receivingFacility();

        /** MSH-11: P for production, T for training, D for debugging. */
        @WithDefault("P")
        @Pattern(regexp = "[PTD]", message = "must be P, T or D (HL7 table 0103)")
        String processingId();

        /** PID-3.4, where the images do not say who issued the patient's ID. */
        Optional<String> assigningAuthority();

        /** OBR-4: code, text, coding system. */
        @WithDefault("RESTORATION^Comparison with the restored healthy image^99RIGATINO")
        @Pattern(
                regexp = "[^\\^|~\\\\&]+\\^[^\\^|~\\\\&]+\\^[^\\^|~\\\\&]+",
                message = "must be a code, its text and its coding system, as in CODE^Text^99SITE")
        String service();

        /** Which outcomes are told; the rest is passed over. */
        @WithDefault("CONFIRMED,DELIVERED,REFUSED,FAILED")
        @NotEmpty Set<Outcome> outcomes();

        /** Longest wait for the connection. */
        @WithDefault("PT5S")
        Duration connectTimeout();

        /** Longest wait for an answer. */
        @WithDefault("PT30S")
        Duration responseTimeout();

        /** A message that is answered AR or CR this often is given up. */
        @Min(1) @WithDefault("5")
        int rejections();
    }
}
