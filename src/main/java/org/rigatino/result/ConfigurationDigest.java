package org.rigatino.result;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rigatino.dicom.Uids;

/** SHA-256 over everything but the model that decides what a result looks like. */
public final class ConfigurationDigest {
    /** Raised with every change to what is drawn or written, so that changed bytes get new UIDs. */
    private static final int FORM = 4;

    private ConfigurationDigest() {}

    public static String of(ResultConfiguration configuration) {
        return sha256(text(configuration));
    }

    private static String text(ResultConfiguration configuration) {
        if (configuration instanceof JudgedAgain again) {
            return text(again.configuration()) + "\nagain " + again.revision();
        }
        String text = String.join(
                "\n",
                Integer.toString(FORM),
                Uids.IMPLEMENTATION_VERSION_NAME,
                configuration.modality(),
                Double.toHexString(configuration.level()),
                Double.toHexString(configuration.span()),
                Integer.toString(configuration.seriesNumberBase()));
        if (configuration instanceof DecidedPatient decided) {
            text += "\ndecided " + decided.decidedAt();
        }
        return text;
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
