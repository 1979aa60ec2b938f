package org.rigatino.deliver.dicomweb;

/**
 * What a service said to a change of a workitem.
 *
 * @param text what it answered, and what to do about it; nothing of it is the service's own words
 */
public record UpsAnswer(Outcome outcome, String text) {
    /** What became of the change. */
    public enum Outcome {
        /** It was made. */
        DONE,
        /**
         * It contradicts the state of the workitem, or another holds it (400 and 409: PS3.18 tables 11.6.3-1 and 11.7.3-1 have
         * both for a wrong Transaction UID). Which it is, only the workitem's state tells.
         */
        CONTRADICTS,
        /** There is no such workitem any more (404, 410). */
        ABSENT,
        /** It will not make it. */
        REFUSED
    }

    /** @throws DicomwebException where it is busy, or does not know us: nothing of that is about the workitem */
    static UpsAnswer of(String what, Answer answer, DicomwebArchive service) throws DicomwebException {
        String said = what + " at " + service + " was answered " + answer.status();
        requireService(said, answer);
        if (answer.isPage() && answer.status() < 300) {
            return new UpsAnswer(Outcome.REFUSED, said + " with a page for people, which no worklist manager answers");
        }
        return switch (answer.status()) {
            case 200, 201, 202, 204 -> new UpsAnswer(Outcome.DONE, said);
            case 400, 409 -> new UpsAnswer(Outcome.CONTRADICTS, said + ": it contradicts the state of the workitem");
            case 404, 410 -> new UpsAnswer(Outcome.ABSENT, said + ": there is no such workitem");
            default -> new UpsAnswer(Outcome.REFUSED, said + ": " + advice(answer));
        };
    }

    static void requireService(String said, Answer answer) throws DicomwebException {
        if (answer.passes()) {
            throw new DicomwebException(said + ": it cannot for now, and is asked again", answer.later());
        }
        if (answer.status() == 401 || answer.status() == 407) {
            throw new DicomwebException(
                    said + ": it does not know us: see to .token-file, .user and .password-file, or .tls",
                    answer.later());
        }
    }

    static String advice(Answer answer) {
        if (answer.isRedirect()) {
            return "a redirect, and none is followed: set .url to the root that it leads to";
        }
        return answer.status() == 403
                ? "it knows us and does not let us: let it"
                : "see its log at this time, and that .url is the root that /workitems follows";
    }
}
