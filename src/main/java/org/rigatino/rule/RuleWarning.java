package org.rigatino.rule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is likely to be otherwise than was meant by rules that are right by themselves.
 *
 * @param names what it is about, as {@link Kind} says
 */
public record RuleWarning(Kind kind, String rule, List<String> names) {
    @Schema(name = "RuleWarningKind")
    public enum Kind {
        /** Names are those that the rule lets look. */
        NO_RELEASE_SERVES(true, "rule \"%s\" lets %s look, none of which serves: images that it is about are refused"),
        /** The name is that of the destination. */
        UNKNOWN_DESTINATION(true, "rule \"%s\" sends to %s, which is not in force: its studies fail"),
        /** The destination's name, and then kinds of objects. */
        KINDS_NOT_TAKEN(true, "rule \"%s\" sends to %s what that does not take: %s"),
        /** Names are those of the destinations. */
        NOTHING_SENT(true, "rule \"%s\" sends to %s nothing that is made of a study: its studies fail"),
        /** Of what, and then the rule that decides it. */
        NEVER_DECIDES(false, "rule \"%s\" never decides %s: rule \"%s\" before it is about every image and does"),
        /** The name is that of the release in shadow. */
        PROMOTION_KEEPS_OUT(
                false,
                "rule \"%s\" does not let %s look, which is in shadow: once it is promoted, images are refused that are judged now");

        private final boolean harms;
        private final String words;

        Kind(boolean harms, String words) {
            this.harms = harms;
            this.words = words;
        }

        /** Or else of releases. */
        boolean isOfDestinations() {
            return this == UNKNOWN_DESTINATION || this == KINDS_NOT_TAKEN || this == NOTHING_SENT;
        }
    }

    /** Whether studies fail by it now, or are looked at by nobody. */
    public boolean harms() {
        return kind.harms;
    }

    @JsonIgnore
    public String getListed() {
        return String.join(", ", names);
    }

    @JsonIgnore
    public String getFirst() {
        return names.get(0);
    }

    /** All names but the first. */
    @JsonIgnore
    public String getOthers() {
        return String.join(", ", names.subList(1, names.size()));
    }

    /** In one line. */
    public String getText() {
        return kind == Kind.KINDS_NOT_TAKEN || kind == Kind.NEVER_DECIDES
                ? String.format(kind.words, rule, getFirst(), getOthers())
                : String.format(kind.words, rule, getListed());
    }
}
