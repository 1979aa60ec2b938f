package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Slow;

/** What an administrator took back and interface engines send again with another event time, as {@link MessageScript} has it. */
@Slow
class HeldMessagesTest {
    @TempDir
    static Path folder;

    private static MessageScript script;

    @BeforeAll
    static void start() throws Exception {
        script = new MessageScript(folder.resolve("postgres"));
    }

    @AfterAll
    static void stop() throws Exception {
        script.close();
    }

    /** However often it is said there is one row of it that waits for a person. */
    @ParameterizedTest
    @CsvSource({
        "A1@8:eva -A1:eva, Müller^Anna, 0",
        "A1@8:eva -A1:eva A1@9:eva, Müller^Anna, 1",
        "A1@8:eva -A1:eva A1@9:eva A1@10:eva A1@11:eva, Müller^Anna, 1",
        "A1@8:eva -A1:eva A1@7:eva, Müller^Anna, 1",
        // All that said so before are taken back at once.
        "A1@7:eva A1@8:eva -A1:eva A1@12:eva, Müller^Anna, 1",
        "A1@8:ida A1@9:eva -A1:eva, Muster^Ida, 0",
        // Another name is another message.
        "A1@8:eva -A1:eva A1@9:ida, Muster^Ida, 0",
        "A1@8:eva -A1:eva A1@9:eva A1@10:ida A1@11:eva, Muster^Ida, 1",
        // What is let in counts from then on, until it is taken back anew.
        "A1@8:eva -A1:eva A1@9:eva +A1:eva, Muster^Eva, 0",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva A1@10:ida A1@11:eva, Muster^Eva, 0",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva A1@10:ida A1@11:eva -A1:eva, Muster^Ida, 0",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva -A1:eva A1@10:eva A1@11:eva, Müller^Anna, 1",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva -A1:eva A1@10:eva +A1:eva, Muster^Eva, 0",
    })
    void anUpdateThatWasTakenBackIsHeldWheneverItIsSaidAgain(String steps, String shown, int held) throws Exception {
        script.play("X=A1@6 " + steps);
        assertThat(script.shown("X")).isEqualTo("A1 " + shown);
        assertThat(script.held()).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "A1>B@8 -A1>B A1>B@9 A1>B@10, A1, 1",
        "A1>B@8 -A1>B A1>B@9 A1>B@10 +A1>B, B, 0",
        "A1>B@8 -A1>B A1>B@9 A1>B@10:eva, A1, 2",
        "A1>B@8 -A1>B A1>B@9 A1>C@10, C, 1",
    })
    void aMergeThatIsHeldStandsForThoseThatSayTheSame(String steps, String id, int held) throws Exception {
        script.play("X=A1@6 " + steps);
        assertThat(script.shown("X")).isEqualTo(id + " Müller^Anna");
        assertThat(script.held()).isEqualTo(held);
    }
}
