package org.rigatino.release;

import java.text.MessageFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
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
        FEWER_NORMAL_STUDIES(
                "it knows less than half as many normal studies as {0} ({1}): to be beyond all of them says less"),
        NO_LIMIT_OF_UNLIKE("{0} refuses images that are unlike those that it learnt from (unlike), and it judges all"),
        NO_JOINING("{0} joins the map of a slice with those beside it, and it judges each slice by itself"),
        NO_READER("{0} has a reader behind its drawing, by which it outlines, and it has none"),
        NOT_MEASURED("{0} was measured and it was not, as far as any worker has its metrics"),
        FEW_STUDIES_COMPARED("it was compared with {0} on {1} studies, fewer than " + ENOUGH_STUDIES),
        /** Of the detail, in whole percent, a study more makes no other loss. */
        JUDGES_FEWER_IMAGES(
                "it judged nothing of {1} % of the images that {0} judged, of studies that it was given in shadow: it refused them, or could not read their files"),
        OTHER_MODALITIES("{0} judges other modalities: {1}"),
        OTHER_AGES("{0} judges other ages: {1}"),
        RULES_DIFFER(
                "workers follow different rules of the house, or such as cannot be told ({1}): which images {0} leaves to nobody differs between them"),
        UNKNOWN("what it or {0} knows no worker has told yet, which takes ten seconds once a worker has both");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static Loss of(Kind kind, RecordedRelease against, Object detail) {
        return new Loss(kind, against.model(), String.valueOf(detail));
    }

    /**
     * By which somebody says that just these are meant, in hex; null where there is nothing. How many studies were compared
     * does not count: it grows by itself, and as long as they are too few it is the same loss.
     */
    static String sha256(List<Loss> losses) {
        return losses.isEmpty()
                ? null
                : DigestUtils.sha256Hex(losses.stream()
                        .map(loss -> String.join(
                                "\t",
                                loss.kind.name(),
                                loss.model,
                                loss.kind == Kind.FEW_STUDIES_COMPARED ? "" : loss.detail))
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }

    /** In one line. */
    public String getText() {
        return MessageFormat.format(kind.words, model, detail);
    }
}
