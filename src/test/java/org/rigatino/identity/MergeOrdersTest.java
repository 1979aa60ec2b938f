package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.Slow;

/**
 * Merges of random IDs and times, said in a random order and again, with what is known of patients deleted in between: Anna's studies are shown under no ID
 * that is Bert's as long as all is known.
 */
@Slow
class MergeOrdersTest {
    private static final int FIRST = Integer.getInteger("merge.orders.first", 0);
    private static final int SEEDS = Integer.getInteger("merge.orders", 40);
    private static final List<String> IDS = List.of("A1", "A2", "A3", "B", "C", "D");
    private static final List<String> STUDIES = List.of("X=A1@6", "W=A2@6", "V=A3@6", "Y=B@6:bert", "Z=D@6:bert");

    private static MessageScript script;

    @BeforeAll
    static void start() throws Exception {
        script = new MessageScript();
    }

    @AfterAll
    static void stop() throws Exception {
        script.close();
    }

    /** Those that are known, what was said of them, what is deleted then, and what is said again. */
    private record Play(List<String> studies, List<String> before, List<String> gone, List<String> again) {
        static Play of(Random random) {
            Set<String> merges = new TreeSet<>();
            while (merges.size() < 5) {
                String prior = IDS.get(random.nextInt(IDS.size()));
                String left = IDS.get(random.nextInt(IDS.size()));
                if (!prior.equals(left)) {
                    merges.add(prior + ">" + left);
                }
            }
            List<String> studies = some(STUDIES, random);
            List<String> gone =
                    some(studies.stream().map(study -> "-" + study.charAt(0)).toList(), random);
            return new Play(
                    studies,
                    said(merges, List.of("7", "7.5", "8", "8.5", "9"), random),
                    Stream.concat(gone.stream(), Stream.of("look", random.nextBoolean() ? "retention" : "look"))
                            .toList(),
                    said(merges, List.of("7.2", "8.2", "9.5", "10", "10.5", "11"), random));
        }

        /** The first of Bert's stays among them. */
        private static List<String> some(List<String> all, Random random) {
            List<String> some = new ArrayList<>(all);
            some.removeIf(one -> !one.contains("Y") && random.nextInt(3) == 0);
            Collections.shuffle(some, random);
            return some;
        }

        private static List<String> said(Set<String> merges, List<String> hours, Random random) {
            List<String> said = new ArrayList<>();
            merges.forEach(merge -> said.add(merge + "@" + hours.get(random.nextInt(hours.size()))));
            Collections.shuffle(said, random);
            return said;
        }

        String script(boolean deleted) {
            return Stream.of(studies, before, deleted ? gone : List.of("look"), again)
                    .flatMap(List::stream)
                    .collect(Collectors.joining(" "));
        }
    }

    /** By which any of the studies is shown, or was on the way there. */
    private static Set<String> ids(String... studies) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (String study : studies) {
            ids.addAll(script.ids(study));
        }
        return ids;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsDeletedShowsNoStudyUnderAnIdOfAnotherPerson(int seed) throws Exception {
        Play play = Play.of(new Random(seed));
        script.play(play.script(false));
        Set<String> berts = ids("Y", "Z");
        berts.removeAll(ids("X", "W", "V"));
        assertThat(berts).isNotEmpty();
        script.play(play.script(true));
        assertThat(ids("X", "W", "V")).as(play.script(true)).doesNotContainAnyElementsOf(berts);
    }

    private static IntStream seeds() {
        return IntStream.range(FIRST, FIRST + SEEDS);
    }
}
