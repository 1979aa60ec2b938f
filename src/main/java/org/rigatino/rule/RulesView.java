package org.rigatino.rule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The rules that this process follows.
 *
 * @param sha256 of their file, in hex; empty where there is none
 * @param followed whether the file that is there now is
 * @param problem why it is not, or by which rules studies fail or are looked at by nobody; null where nothing is wrong
 * @param apart who follows other rules than this process, whose are shown; null where all workers follow the same. {@code problem} has it too
 * @param warnings of rules that are likely to come to something else than was meant
 */
public record RulesView(
        String sha256,
        boolean followed,
        @Schema(implementation = String.class) RuleText problem,
        @Schema(implementation = String.class) RuleText apart,
        List<RuleWarning> warnings,
        List<Described> rules) {
    /** By which studies fail or are looked at by nobody. */
    @JsonIgnore
    public List<RuleWarning> getHarms() {
        return warnings.stream().filter(RuleWarning::harms).toList();
    }

    /**
     * A rule in words.
     *
     * @param asks what has to hold of an image; empty where it is about every image
     * @param says what it decides
     */
    public record Described(
            String name,
            @Schema(type = SchemaType.ARRAY, implementation = String.class) List<RuleText> asks,
            @Schema(type = SchemaType.ARRAY, implementation = String.class) List<RuleText> says) {}
}
