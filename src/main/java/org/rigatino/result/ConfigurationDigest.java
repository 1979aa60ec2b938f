package org.rigatino.result;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;
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
        return sha256(text(configuration));
    }

    /** Of the results of whichever releases. @param ownBatch as {@link ResultConfiguration#ownBatch} */
    public static String of(SiteResultConfiguration settings, OptionalInt ownBatch) {
        return sha256(text(
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

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
