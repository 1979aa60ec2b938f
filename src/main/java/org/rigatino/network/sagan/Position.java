package org.rigatino.network.sagan;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a generator is told where in its image it draws. */
public enum Position {
    /** Not at all. */
    NONE(0),
    /** As in the authors' code, which nothing is heard of: see {@link PositionBlock}. */
    PUBLISHED(1),
    /** So that it is heard: see {@link CoordinateBlock}. */
    SPOKEN(2);

    private final int code;

    Position(int code) {
        this.code = code;
    }

    /** As a release's size {@code position} has it. */
    public int code() {
        return code;
    }

    /** @throws IllegalArgumentException where no position has this code */
    public static Position of(int code) {
        return Arrays.stream(values())
                .filter(position -> position.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a generator of position " + code
                        + " is not known here: it is " + told(position -> position.code + " (" + position.told() + ")")
                        + "; a later version may know more"));
    }

    /** @param name {@code none}, {@code published} or {@code spoken} */
    public static Position named(String name) {
        return Arrays.stream(values())
                .filter(position -> position.told().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("--position is " + name + ": it is " + told(Position::told)));
    }

    private String told() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String told(Function<Position, String> each) {
        return Arrays.stream(values()).map(each).collect(Collectors.joining(", "));
    }
}
