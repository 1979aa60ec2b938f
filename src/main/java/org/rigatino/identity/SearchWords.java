package org.rigatino.identity;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words by which an identity is found, as lexemes of PostgreSQL: names word by word, without marks and case, so that
 * {@code muller} finds {@code Müller}; numbers as a whole. No character that is looked for is a wild card.
 */
final class SearchWords {
    static final String NAME = "n:";
    static final String ID = "i:";
    static final String ACCESSION = "a:";

    /** Code points of a word that count; PostgreSQL takes 2046 bytes. */
    private static final int LONGEST = 100;

    private SearchWords() {}

    /** Of one value; none where it has neither letter nor digit. */
    static List<String> ofName(String name) {
        return Arrays.stream(folded(name).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> NAME + cut(word))
                .toList();
    }

    /**
     * Whether two names are known to be of two persons: each has a word that the other has not. Of {@code MUELLER} and
     * {@code Müller} nobody knows, nor where one has a middle name more.
     */
    static boolean contradict(String one, String other) {
        Set<String> words = compared(one);
        Set<String> others = compared(other);
        return !words.isEmpty() && !others.isEmpty() && !words.containsAll(others) && !others.containsAll(words);
    }

    /** As {@link #ofName}, so that two spellings of an umlaut are one. */
    static Set<String> compared(String name) {
        return ofName(name).stream()
                .map(word -> NAME + word.substring(NAME.length()).replaceAll("([aou])e", "$1"))
                .collect(Collectors.toSet());
    }

    /** @param kind {@link #ID} or {@link #ACCESSION} */
    static List<String> ofNumber(String kind, String number) {
        String folded = folded(number).strip();
        return folded.isEmpty() ? List.of() : List.of(kind + cut(folded));
    }

    private static String cut(String word) {
        return word.codePointCount(0, word.length()) <= LONGEST
                ? word
                : word.substring(0, word.offsetByCodePoints(0, LONGEST));
    }

    /** Upper case first: that alone makes SS of a sharp s. */
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
    }

    /**
     * A question of PostgreSQL's type {@code tsquery}; null, which finds nothing, where there is nothing to look for.
     *
     * @param prefix whether words may go on
     */
    static String all(List<String> words, boolean prefix) {
        return words.isEmpty()
                ? null
                : words.stream().map(word -> quoted(word, prefix)).collect(Collectors.joining(" & "));
    }

    /** What stands for a name, an ID or an accession number, each from its beginning. */
    static String any(String text, IdentityLevel level) {
        List<String> questions = new ArrayList<>();
        if (level == IdentityLevel.FULL) {
            questions.add(all(ofName(text), true));
            questions.add(all(ofNumber(ID, text), true));
        }
        questions.add(all(ofNumber(ACCESSION, text), true));
        List<String> there = questions.stream()
                .flatMap(Stream::ofNullable)
                .map(question -> "(" + question + ")")
                .toList();
        return there.isEmpty() ? null : String.join(" | ", there);
    }

    private static String quoted(String word, boolean prefix) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'" + (prefix ? ":*" : "");
    }
}
