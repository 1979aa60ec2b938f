package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Slow;

/** Merges that lead from one ID over others, and what is known of the one while studies and messages of another are deleted, as {@link MessageScript} has them. */
@Slow
class MergeChainsTest {
    private static MessageScript script;

    @BeforeAll
    static void start() throws Exception {
        script = new MessageScript();
    }

    @AfterAll
    static void stop() throws Exception {
        script.close();
    }

    /** Anna's study is shown under no ID of Bert's, with whatever is deleted. */
    @ParameterizedTest
    @CsvSource({
        // Bert's images are of an ID that two merges lead from.
        "X=A1@6 Y=D1@6:bert D1>D2@7 D2>B@7.5 A1>B@8, X, A1",
        "X=A1@6 Y=D1@6:bert D2>B@7.5 D1>D2@7 A1>B@8, X, A1",
        "X=A1@6 Y=D1@6:bert A1>B@8 D1>D2@7 D2>B@7.5, X, A1",
        "X=A1@6 D1>D2@7 D2>B@7.5 A1>B@8 Y=D1@6:bert look, X, A1",
        "X=A1@6 Y=D1@6:bert D1>D2@7 D2>D3@7.1 D3>B@7.5 A1>B@8, X, A1",
        "X=A1@6 Y=D1@6:bert D1>D2@7 D2>D1@7.1 D2>B@7.5 A1>B@8, X, A1",
        "X=A1@6 Y=D1@6:bert D1>D2@7 D2>B@7.5 A1>B@8 -Y A1>B@9, X, A1",
        // The chain to who is left is itself in doubt, is later, or was taken back: who B is does not rest on it.
        "X=A1@6 Y=D1@6:bert V=D2@6:carl D1>D2@7 D2>B@7.5 A1>B@8, X, A1",
        "X=A1@6 Y=D1@6:bert V=D2@6:anna D1>D2@7 D2>B@7.5 A1>B@8, X, B",
        "X=A1@6 Y=D1@6:bert A1>B@7 D1>D2@8 D2>B@7.5, X, B",
        "X=A1@6 Y=D1@6:bert D1>D2@7 D2>B@7.5 A1>B@8 -D1>D2, X, B",
        // A chain of three, the last of which is in doubt.
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9, X, A3",
        "X=A1@6 Y=B@6:bert A3>B@9 A2>A3@8 A1>A2@7, X, A3",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y, X, A3",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y A3>B@10, X, A3",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y -A2>A3 A2>B@10, X, A2",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y -A1>A2 A1>B@10, X, A1",
        "X=A1@6 W2=A2@6 W3=A3@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y -X look retention A3>B@10, W2, A3",
        "X=A1@6 W2=A2@6 W3=A3@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y -X look retention A3>B@10, W3, A3",
        // A study of the first ID comes later, the first one is deleted, and all is said again.
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 X2=A1@9.5 -X -Y look A1>A2@10 A2>A3@10.1 A3>B@10.2, X2, A3",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 X2=A1@9.5 -X -Y look retention A1>A2@10 A2>A3@10.1 A3>B@10.2, X2, A3",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 X2=A1@9.5 -X look retention -Y look A1>B@10, X2, A1",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 X2=A1@9.5 -Y look A1>B@10, X2, A1",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y X2=A1@9.5 -X look A1>A2@10 A2>A3@10.1 A3>B@10.2, X2, A3",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y X2=A1@9.5 -X look A1>B@10, X2, A1",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y W=A2@9.5 -X look A2>B@10, W, A2",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y W=A2@9.5 -X look retention A3>B@10.2 A2>A3@10.1, W, A3",
        "X=A1@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 X2=A1@9.5 -A1>A2 -Y -X look A1>B@10, X2, A1",
        // Only the last has a study, only the first, and they are deleted in turn.
        "W3=A3@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y W1=A1@9.5 -W3 look retention A1>A2@10 A2>A3@10.1 A3>B@10.2, W1, A3",
        "W3=A3@6 Y=B@6:bert A1>A2@7 A2>A3@8 A3>B@9 -Y W1=A1@9.5 -W3 look retention A1>B@10, W1, A1",
        // What the one in doubt was merged into.
        "X=A1@6 Y=B@6:bert A1>B@8 -Y A1>A2@8.5 A2>A3@8.6 W=A3@8.7 look A3>B@10, W, A3",
        "X=A1@6 Y=B@6:bert A1>B@8 -Y A1>A2@8.5 A2>A3@8.6 W=A3@8.7 -X look retention A3>B@10, W, A3",
        "X=A1@6 Y=B@6:bert A1>B@8 -Y A1>A3@8.5 A2>A3@8.6 W=A2@8.7 look A2>B@10, W, A2",
        "X=A1@6 Y=B@6:bert A1>B@8 -Y A1>A2@8.5 A2>A3@8.6 A3>A1@8.7 W=A3@8.8 look A3>B@10, W, A3",
        // What the one who is left was merged into.
        "X=A1@6 Y=B@6:bert A1>B@8 -Y look B>C@8.5 A1>C@9, X, A1",
        "X=A1@6 Y=B@6:bert A1>B@8 -Y look A1>C@9 B>C@8.5, X, A1",
        "X=A1@6 Y=B@6:bert A1>B@8 -Y look B>C@8.5 C>D@8.6 A1>D@9, X, A1",
        "X=A1@6 Y=B@6:bert A1>B@8 -Y look A1>C@8.5 B>C@9, X, C",
        "X=A1@6 Y=B@6:bert A1>B@8 -Y look A1>C@9 B>C@9, X, A1",
        // A link is in doubt.
        "X=A1@6 W=A3@6:carl A1>A2@7 A2>A3@8 A3>B@8.5 -W look A2>B@9, X, A2",
        "X=A1@6 W=A3@6:carl A1>A2@7 A2>A3@8 -W look A3>B@8.5 A2>B@9, X, A2",
        "X=A1@6 W=A3@6:carl A1>A2@7 A2>A3@8 A3>B@8.5 -W look A1>A3@9 A1>B@10, X, A2",
    })
    void noStudyIsShownUnderAnIdOfAnotherPerson(String steps, String study, String id) throws Exception {
        script.play(steps);
        assertThat(script.shown(study)).isEqualTo(id + " Müller^Anna");
    }

    /** Images that say nothing of who it is: an emergency, or a modality without a worklist. */
    @ParameterizedTest
    @CsvSource({
        "Y=D@6:blank D@8:bert Z=B@6:anna D>B@9, D Schmidt^Bert",
        "Y=D@6:blank D@8:bert Z=B@6:anna D>B@9 -Z D>B@10, D Schmidt^Bert",
        "Y=D@6:blank D@8:bert Z=B@6:bert D>B@9, B Schmidt^Bert",
        "Y=D@6:blank Z=B@6:anna D>B@9, B ''",
        // Other studies of the ID tell, or nobody can: the study may be of either.
        "Y=D@6:blank X=D@6:anna D@8:bert, D ''",
        "Y=D@6:blank X=D@6:anna W=D@6:carl D@8:bert, D ''",
        "Y=D@6:blank X=D@6:anna W=D@6:carl D@8:carl, D ''",
        "Y=D@6:blank X=D@6:anna W=D@6:carl D@8:carl -W -X look, D ''",
        "Y=D@6:blank D@8:carl X=D@6:anna W=D@6:carl look, D ''",
        "Y=D@6:blank X=D@6:anna W=D@6:carl Z=B@6:anna D>B@9, D ''",
        "Y=D@6:blank X=D@6:anna W=D@6:eva D@8:eva, D Muster^Eva",
        // Who the first update says it is: the ID was given anew.
        "Y=D@6:blank D@8:bert D@9:eva, D Schmidt^Bert",
        "Y=D@6:blank D@9:eva D@8:bert, D Schmidt^Bert",
        "Y=D@6:blank D@8:bert D@9:eva -D:bert, D Muster^Eva",
        "Y=D@6:blank D@8:eva D@9:ida, D Muster^Ida",
        "Y=D@6:blank D>B@7 B@8:bert B@9:eva, B Schmidt^Bert",
        "Y=D@6:blank D>B@8 B@7:bert B@9:eva, B Schmidt^Bert",
    })
    void aStudyIsOfWhomMessagesSayWhereItsImagesSayNothing(String steps, String shown) throws Exception {
        script.play(steps);
        assertThat(script.shown("Y")).isEqualTo(shown.replace("''", ""));
    }

    /** As an update says of the one who became the one who is left. */
    @Test
    void whatMessagesSaidOfOneWhoBecameWhoIsLeftCounts() throws Exception {
        script.play("X=A@6 Y=D@6:blank D@7:bert D>B@8 A>B@9");
        assertThat(script.shown("X")).isEqualTo("A Müller^Anna");
    }
}
