package org.rigatino.deliver.dicomweb;

import java.time.Duration;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StoreStatus;

/**
 * What a service said of one object, as far as it tells what comes next.
 *
 * @param text what it answered, and what to do about it; nothing of it is the service's own words
 * @param reason Warning Reason (0008,1196) of what was stored, or Failure Reason 0111H of what is there; null where there is none
 * @param retryAfter null where it does not say when it may be asked again
 */
public record StowAnswer(Outcome outcome, String text, StoreStatus reason, Duration retryAfter) {
    /** What became of the object. */
    public enum Outcome {
        /** The answer names it among what was stored, or says that there is an object of that UID (0111H). */
        STORED,
        /** The status says stored, and the body does not name the object. */
        UNNAMED,
        /** It will not have it. */
        REJECTED,
        /** It takes nothing of its kind or size. */
        UNSUPPORTED,
        /** It has no room for it now. */
        PASSING,
        /** It serves nobody now. */
        BUSY,
        /** It does not know us. */
        UNKNOWN
    }

    static StowAnswer of(Answer answer, SopReference object, DicomwebArchive archive) {
        StoreResponse response =
                switch (answer.status()) {
                    case 200, 202, 400, 409 -> StoreResponse.of(answer, object);
                    default -> StoreResponse.NOTHING;
                };
        String said = "STOW-RS to " + archive + " was answered " + answer.status();
        if (response.failed() != null) {
            return failed(said, response.failed());
        }
        if (answer.status() == 200 || answer.status() == 202) {
            return response.isStored()
                    ? new StowAnswer(Outcome.STORED, said, response.warning(), null)
                    : new StowAnswer(Outcome.UNNAMED, said + " " + response.problem(), null, null);
        }
        return refused(said, answer, archive.name());
    }

    /** Failure Reason (0008,1197) has the statuses of C-STORE, and C122H for transfer syntaxes (PS3.18 table 10.5.3-2). */
    private static StowAnswer failed(String said, StoreStatus reason) {
        String text = said + " with Failure Reason " + reason;
        if (reason.equals(StoreStatus.DUPLICATE_SOP_INSTANCE)) {
            return new StowAnswer(Outcome.STORED, text, reason, null);
        }
        boolean unsupported = reason.isUnsupported() || reason.code() == 0xC122;
        Outcome outcome =
                reason.isOutOfResources() ? Outcome.PASSING : unsupported ? Outcome.UNSUPPORTED : Outcome.REJECTED;
        return new StowAnswer(outcome, text, null, null);
    }

    private static StowAnswer refused(String said, Answer answer, String name) {
        String text = said + ": " + advice(answer, "rigatino.deliver.destinations." + name);
        return new StowAnswer(outcome(answer), text, null, answer.later());
    }

    private static Outcome outcome(Answer answer) {
        if (answer.passes()) {
            return Outcome.BUSY;
        }
        return switch (answer.status()) {
            case 401, 407 -> Outcome.UNKNOWN;
            case 413, 415 -> Outcome.UNSUPPORTED;
            case 507 -> Outcome.PASSING;
            default -> Outcome.REJECTED;
        };
    }

    private static String advice(Answer answer, String setting) {
        if (answer.isRedirect()) {
            return "a redirect, and none is followed: set " + setting + ".url to the root that it leads to";
        }
        if (answer.passes()) {
            return "it cannot for now, and is asked again";
        }
        return switch (answer.status()) {
            case 401, 407 ->
                "it does not know us: see to " + setting + ".token-file, .user and .password-file, or .tls";
            case 403 -> "it knows us and does not let us store in this study: let it, and replay the study";
            case 404, 405, 410 ->
                "it does not store there: set " + setting
                        + ".url to the root that /studies follows, and replay the study";
            case 409 -> "it stored nothing and does not say why: see its log, and replay the study";
            case 413 -> "the object is longer than it takes: raise its limit, and replay the study";
            case 415 ->
                "it does not take application/dicom in multipart/related, or not of this transfer syntax: let"
                        + " it, and replay the study, or leave the object out of " + setting + ".objects";
            case 507 -> "it has no room: make some";
            default -> "see its log at this time, and replay the study";
        };
    }
}
