package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.Slow;
import org.rigatino.access.Actor;

/** What an administrator took back and interface engines send again with another event time, as {@link MessageScript} has it. */
@Slow
class HeldMessagesTest {
    private static MessageScript script;

    @BeforeAll
    static void start() throws Exception {
        script = new MessageScript();
    }

    @AfterAll
    static void stop() throws Exception {
        script.close();
    }

    /** Each time that it is said waits for a person, who lets in all of them at once. */
    @ParameterizedTest
    @CsvSource({
        "A1@8:eva -A1:eva, Müller^Anna, 0",
        "A1@8:eva -A1:eva A1@9:eva, Müller^Anna, 1",
        "A1@8:eva -A1:eva A1@9:eva A1@10:eva A1@11:eva, Müller^Anna, 3",
        "A1@8:eva -A1:eva A1@7:eva, Müller^Anna, 1",
        "A1@8:eva -A1:eva A1@9:eva A1@9:eva, Müller^Anna, 1",
        // All that said so before are taken back at once.
        "A1@7:eva A1@8:eva -A1:eva A1@12:eva, Müller^Anna, 1",
        "A1@8:ida A1@9:eva -A1:eva, Muster^Ida, 0",
        // Another name is another message.
        "A1@8:eva -A1:eva A1@9:ida, Muster^Ida, 0",
        "A1@8:eva -A1:eva A1@9:eva A1@10:ida A1@11:eva, Muster^Ida, 2",
        // Who was said to be Eva last is Eva, whichever time came first.
        "A1@8:eva -A1:eva A1@9:eva A1@10:ida A1@11:eva +A1:eva, Muster^Eva, 0",
        "A1@8:eva -A1:eva A1@11:eva A1@9:eva A1@10:ida +A1:eva, Muster^Eva, 0",
        "A1@8:eva -A1:eva A1@9:eva A1@11:eva A1@12:ida +A1:eva, Muster^Ida, 0",
        // What is let in counts from then on, until it is taken back anew.
        "A1@8:eva -A1:eva A1@9:eva +A1:eva, Muster^Eva, 0",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva A1@10:ida A1@11:eva, Muster^Eva, 0",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva A1@10:ida A1@11:eva -A1:eva, Muster^Ida, 0",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva -A1:eva A1@10:eva A1@11:eva, Müller^Anna, 2",
        "A1@8:eva -A1:eva A1@9:eva +A1:eva -A1:eva A1@10:eva +A1:eva, Muster^Eva, 0",
    })
    void anUpdateThatWasTakenBackIsHeldWheneverItIsSaidAgain(String steps, String shown, int held) throws Exception {
        script.play("X=A1@6 " + steps);
        assertThat(script.shown("X")).isEqualTo("A1 " + shown);
        assertThat(script.held()).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "A1>B@8 -A1>B A1>B@9 A1>B@10, A1, 2",
        "A1>B@8 -A1>B A1>B@9 A1>B@9, A1, 1",
        "A1>B@8 -A1>B A1>B@9 A1>B@10 +A1>B, B, 0",
        "A1>B@8 -A1>B A1>B@9 A1>B@10:eva, A1, 2",
        // With other names it waits for itself.
        "A1>B@8 -A1>B A1>B@9 A1>B@10:anna +A1>B, B, 1",
        "A1>B@8 -A1>B A1>B@9 A1>C@10, C, 1",
        // What comes in between is of an ID that was merged by then.
        "A1>B@8 -A1>B A1>B@9 A1>C@9.5 A1>B@10 +A1>B, B, 0",
    })
    void aMergeThatWasTakenBackIsHeldWheneverItIsSaidAgain(String steps, String id, int held) throws Exception {
        script.play("X=A1@6 " + steps);
        assertThat(script.shown("X")).isEqualTo(id + " Müller^Anna");
        assertThat(script.held()).isEqualTo(held);
    }

    /** Of the ID that is left no study is here while the merge waits. */
    @ParameterizedTest
    @CsvSource({
        // After the merge; before it, of who is left; before the images, which may know better.
        "A1>B@9 B@10:eva +A1>B, B Muster^Eva",
        "A1>B@9 B@8.5:eva +A1>B, B Muster^Eva",
        "A1>B@9 B@5:eva +A1>B, B Müller^Anna",
        "A1>B@9 B@10:eva B@9.5:ida +A1>B, B Muster^Eva",
        "A1>B@9 B@10:eva B@9.5:ida +A1>B -B:eva, B Muster^Ida",
        // Nobody lets it in: B is another person.
        "A1>B@9 B@10:eva, A1 Müller^Anna",
        "A1>B@9 B@10:eva retention +A1>B, B Muster^Eva",
        // Of the ID that is merged it counts as long as nobody lets in what was before it.
        "A1>B@9 A1@10:eva, A1 Muster^Eva",
        "A1>B@9 A1@10:eva +A1>B, B Müller^Anna",
        "A1>B@9 A1@8.5:eva +A1>B, B Muster^Eva",
        // Over another merge, before it and behind it.
        "A1>B@9 B>C@9.5 C@10:eva +A1>B, C Muster^Eva",
        "A1>B@9 B>C@9.5 C@10:eva retention +A1>B, C Muster^Eva",
        // Of two at one time, until one is taken back.
        "A1>D@9 A1>C@9 C@10:eva -A1>D, C Muster^Eva",
    })
    void anUpdateThatCameWhileAMergeWasHeldCountsOnceThatIsLetIn(String steps, String shown) throws Exception {
        script.play("X=A1@6 A1>B@8 -A1>B " + steps);
        assertThat(script.shown("X")).isEqualTo(shown);
    }

    /** Images came under A1 between the two times, and before a third that names the patient. */
    @Test
    void lettingInOneLetsInAllThatSayTheSameAndTellsSoBefore() throws Exception {
        ListedMessages listed = script.database().bean(ListedMessages.class);
        TakenBackMessages takenBack = script.database().bean(TakenBackMessages.class);
        script.play("X=A1@6 A1>B@8 -A1>B A1>B@9 Y=A1@9.5 A1>B@10 A1>B@11:anna");
        List<Long> held = listed.list().stream()
                .filter(PatientMessageView::isHeld)
                .map(PatientMessageView::id)
                .sorted()
                .toList();
        assertThat(held).hasSize(3);
        for (long either : held.subList(0, 2)) {
            assertThat(listed.effect(either).orElseThrow().studies()).containsOnlyKeys("X", "Y");
        }
        String seen = listed.effect(held.get(0)).orElseThrow().digest();
        assertThat(takenBack.letIn(held.get(0), seen, new Actor("adam", "192.0.2.7"), MessageScript.at("21")))
                .contains(new TakenBackMessages.Settled(1, 2, 0));
        assertThat(script.shown("X")).isEqualTo("B Müller^Anna");
        assertThat(script.shown("Y")).isEqualTo("B Müller^Anna");
        assertThat(script.held()).isEqualTo(1);
        assertThat(script.database()
                        .query("select detail from audit_event where kind = 'PATIENT_MESSAGE_LET_IN' order by id"))
                .last()
                .isEqualTo("MERGE, message " + held.get(0) + ", with 1 more of the same: " + held.get(1));
    }

    /** Merges of three IDs and names, at random times and in a random order, circles too; of some IDs no study is here. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsLetInShowsWhatItWouldHadItNeverBeenTakenBack(int seed) throws Exception {
        String said = said(new Random(seed));
        script.play("A1>B@8 -A1>B " + said + " +A1>B");
        List<String> letIn = shown();
        script.play(said);
        assertThat(letIn).as(said).isEqualTo(shown());
    }

    private static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    private static String said(Random random) {
        List<String> said = new ArrayList<>();
        for (String one : List.of("A1>B", "A1>B", "A1>B", "A1>C", "B>A1", "B>C", "C>A1")) {
            said.add(one + "@" + (8.5 + random.nextInt(12) / 4.0));
        }
        for (String one : List.of("A1@%s:eva", "B@%s:ida", "A1@%s:ida", "C@%s:eva")) {
            said.add(one.formatted(8.5 + random.nextInt(12) / 4.0));
        }
        Collections.shuffle(said, random);
        return "X=A1@6 Y=A1@9.5 " + (random.nextBoolean() ? "Z=B@6 " : "") + (random.nextBoolean() ? "W=C@9 " : "")
                + String.join(" ", said);
    }

    private static List<String> shown() throws Exception {
        return script.database()
                .query("select study_instance_uid || ' ' || patient_name || ' ' || (former_ids || patient_id)::text"
                        + " from study_identity order by study_instance_uid");
    }
}
