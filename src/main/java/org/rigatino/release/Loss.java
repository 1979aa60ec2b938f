package org.rigatino.release;

import java.text.MessageFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a promotion gives up.
 *
 * @param model NAME/VERSION of the release that serves and has it
 * @param detail a number, or what each of the two judges; empty where the kind says all
 */
@Schema(name = "LossByPromotion")
public record Loss(Kind kind, String model, String detail) {
    /** A difference in one study of ten goes unseen by fewer, one time in twenty. */
    static final int ENOUGH_STUDIES = 30;

    @Schema(name = "LossByPromotionKind")
    public enum Kind {
        NO_NORMAL_STUDIES(
                "{0} knows {1} normal studies and it knows none: no promise of false alarms holds, and each flagged image makes its study HIGH"),
        NO_LIMIT_OF_UNLIKE("{0} refuses images that are unlike those that it learnt from (unlike), and it judges all"),
        NOT_MEASURED("{0} was measured and it was not"),
        FEW_STUDIES_COMPARED("it was compared with {0} on {1} studies, fewer than " + ENOUGH_STUDIES),
        OTHER_MODALITIES("{0} judges other modalities: {1}"),
        OTHER_AGES("{0} judges other ages: {1}"),
        UNKNOWN("what it or {0} knows no worker has told yet, which takes ten seconds once a worker has both");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static Loss of(Kind kind, RecordedRelease against, Object detail) {
        return new Loss(kind, against.model(), String.valueOf(detail));
    }

    /** In one line. */
    public String getText() {
        return MessageFormat.format(kind.words, model, detail);
    }
}
