package org.rigatino.result;

import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.dicom.Uids;

/** SHA-256 over everything but the model that decides what results look like. */
public final class ConfigurationDigest {
    /**
     * Raised with every change to what is drawn or written, so that changed bytes get new UIDs; of a change to some kinds of
     * objects alone their own form is, in {@link ObjectKind}.
     */
    private static final int FORM = 5;

    private ConfigurationDigest() {}

    /** Of one release's results. */
    static String of(ResultConfiguration configuration) {
        return DigestUtils.sha256Hex(text(configuration));
    }

    /** Of the results of whichever releases. @param ownBatch as {@link ResultConfiguration#ownBatch} */
    public static String of(SiteResultConfiguration settings, OptionalInt ownBatch) {
        return DigestUtils.sha256Hex(text(
                settings.level().map(Double::toHexString).orElse("of the release"),
                settings.modality(),
                settings.span(),
                settings.seriesNumberBase(),
                ownBatch));
    }

    private static String text(ResultConfiguration configuration) {
        if (configuration instanceof JudgedAgain again) {
            return text(again.configuration()) + "\nagain " + again.revision();
        }
        String text = text(
                Double.toHexString(configuration.level()),
                configuration.modality(),
                configuration.span(),
                configuration.seriesNumberBase(),
                configuration.ownBatch());
        if (configuration instanceof DecidedPatient decided) {
            text += "\ndecided " + decided.decidedAt();
        }
        return text;
    }

    private static String text(String level, String modality, double span, int seriesNumberBase, OptionalInt ownBatch) {
        String text = String.join(
                "\n",
                Integer.toString(FORM),
                Uids.IMPLEMENTATION_VERSION_NAME,
                modality,
                level,
                Double.toHexString(span),
                Integer.toString(seriesNumberBase));
        return ownBatch.isPresent() ? text + "\nbatch " + ownBatch.getAsInt() : text;
    }
}
