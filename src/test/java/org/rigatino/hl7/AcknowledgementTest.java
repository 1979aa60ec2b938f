package org.rigatino.hl7;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.notify.RejectedException;

class AcknowledgementTest {
    private static final String ID = "0123456789ABCDEF0123";

    private static String answer(String version, String rest) {
        return "MSH|^~\\&|RIS||RIGATINO||20260203||ACK^R01|9|P|" + version + "\r" + rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3", "2.5.1", "2.8"})
    void acceptanceOfAnyVersionIsAcceptance(String version) {
        assertThatCode(() -> Acknowledgement.check(answer(version, "MSA|AA|" + ID), ID))
                .doesNotThrowAnyException();
        assertThatCode(() -> Acknowledgement.check(answer(version, "MSA|CA|" + ID), ID))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MSA|AA|%s ",
                "MSA|AA |%s   ",
                "MSA| AA| %s |text",
                "MSA|CA\t|%s\t",
                "MSA|AA|%s \r",
                "MSA|AA|%s^ "
            })
    void blanksAroundCodeAndIdAreNone(String acknowledgement) {
        assertThatCode(() -> Acknowledgement.check(answer("2.5.1", acknowledgement.formatted(ID)), ID))
                .doesNotThrowAnyException();
    }

    @Test
    void blanksWithinAreNoPadding() {
        String parted = ID.substring(0, 5) + " " + ID.substring(5);
        assertThatThrownBy(() -> Acknowledgement.check(answer("2.5.1", "MSA|AA|" + parted), ID))
                .hasMessageContaining("another message");
        assertThatThrownBy(() -> Acknowledgement.check(answer("2.5.1", "MSA|AR |" + ID + " "), ID))
                .isInstanceOf(RejectedException.class);
    }

    @Test
    void anErrorIsToldByItsCodeAndNoText() {
        assertThatThrownBy(() -> Acknowledgement.check(
                        answer("2.5.1", "MSA|AE|" + ID + "|Müller unknown\rERR||PID^1|204^Unknown key|E|||Müller"), ID))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(RejectedException.class)
                .hasMessage("answered AE, error code 204");
    }

    @Test
    void arAndCrAreRejections() {
        for (String code : new String[] {"AR", "CR"}) {
            assertThatThrownBy(() -> Acknowledgement.check(answer("2.5.1", "MSA|" + code + "|" + ID), ID))
                    .isInstanceOf(RejectedException.class)
                    .hasMessage("answered " + code);
        }
    }

    @Test
    void anAnswerToAnotherMessageIsNone() {
        assertThatThrownBy(() -> Acknowledgement.check(answer("2.5.1", "MSA|AA|ANOTHER"), ID))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another message than " + ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "MSH|^~\\&|RIS", "MSH|^~\\&|RIS||RIGATINO||20260203||ACK^R01|9|P|2.5.1\r"})
    void whatIsNoAcknowledgementIsNone(String answer) {
        assertThatThrownBy(() -> Acknowledgement.check(answer, ID)).isInstanceOf(IOException.class);
    }
}
