package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Study Root Query/Retrieve Information Model FIND user (PS3.4 annex C). Not safe for use by several threads. */
public final class QueryScu implements AutoCloseable {
    static final int PRIORITY_MEDIUM = 0;
    private static final int MAX_IDENTIFIER_LENGTH = 1024 * 1024;

    /** Bytes of all answers to one C-FIND together. */
    private static final long MAX_TOTAL_LENGTH = 64L * MAX_IDENTIFIER_LENGTH;

    /** Of what is asked by a unique key one answer is due; archives that ignore the key answer with all that they have. */
    private static final int MOST_OF_ONE = 100_000;

    /** Of all answers to one C-FIND together. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Association association;
    private final PresentationContext context;
    private final Duration longest;

    private QueryScu(Association association, PresentationContext context, Duration longest) {
        this.association = association;
        this.context = context;
        this.longest = longest;
    }

    /** @throws NotNegotiatedException where the archive offers no query */
    public static QueryScu open(RemoteNode node) throws DicomException {
        return open(node, LONGEST);
    }

    /** @param longest until the last answer to one C-FIND */
    static QueryScu open(RemoteNode node, Duration longest) throws DicomException {
        List<PresentationContext> proposals = List.of(PresentationContext.plain(1, SopClass.STUDY_ROOT_FIND));
        Association association = AssociationRequestor.request(node, proposals, List.of());
        try {
            return new QueryScu(association, association.require(SopClass.STUDY_ROOT_FIND), longest);
        } catch (NotNegotiatedException e) {
            association.releaseAtEnd();
            throw e;
        }
    }

    /**
     * C-FIND at IMAGE level. Whether the archive names exactly this instance.
     *
     * @throws DicomException upon a failure status, or where it names the instance in another study or series alone
     */
    public boolean imageExists(String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid)
            throws DicomException {
        Dataset identifier = new Dataset()
                .put(Tag.QueryRetrieveLevel, "IMAGE")
                .put(Tag.StudyInstanceUID, studyInstanceUid)
                .put(Tag.SeriesInstanceUID, seriesInstanceUid)
                .put(Tag.SOPInstanceUID, sopInstanceUid);
        boolean[] found = new boolean[1];
        String[] elsewhere = new String[1];
        // What a match is held against is said behind the last: an answer that is left unread ends the association.
        find(identifier, MOST_OF_ONE, match -> {
            if (match.string(Tag.SOPInstanceUID).filter(sopInstanceUid::equals).isPresent()) {
                Optional<String> difference = differenceOfPlace(match, studyInstanceUid, seriesInstanceUid);
                found[0] |= difference.isEmpty();
                difference.ifPresent(told -> elsewhere[0] = told);
            }
        });
        if (!found[0] && elsewhere[0] != null) {
            throw new DicomException(association.peer() + " lists the object " + elsewhere[0]);
        }
        return found[0];
    }

    /** The study is a unique key, which each match returns (PS3.4 C.4.1.1.3.2); a series that is left out does not differ. */
    private static Optional<String> differenceOfPlace(
            Dataset match, String studyInstanceUid, String seriesInstanceUid) {
        Optional<String> study = match.string(Tag.StudyInstanceUID);
        if (study.isEmpty()) {
            return Optional.of("without Study Instance UID (0020,000D), which it was asked for");
        }
        if (!study.get().equals(studyInstanceUid)) {
            return Optional.of("with another Study Instance UID (0020,000D) than it was sent with");
        }
        return match.string(Tag.SeriesInstanceUID)
                .filter(series -> !series.equals(seriesInstanceUid))
                .map(series -> "with another Series Instance UID (0020,000E) than it was sent with");
    }

    /**
     * C-FIND at STUDY level: Number of Study Related Instances (0020,1208), the most where the study is listed more than once; 0
     * where the archive knows no such study.
     */
    public int countInstances(String studyInstanceUid) throws DicomException {
        Dataset identifier = new Dataset()
                .put(Tag.QueryRetrieveLevel, "STUDY")
                .put(Tag.StudyInstanceUID, studyInstanceUid)
                .putEmpty(Tag.NumberOfStudyRelatedInstances);
        int[] count = {0};
        find(identifier, MOST_OF_ONE, match -> {
            if (match.string(Tag.StudyInstanceUID)
                    .filter(studyInstanceUid::equals)
                    .isPresent()) {
                match.require(Tag.NumberOfStudyRelatedInstances);
                count[0] = Math.max(count[0], match.integer(Tag.NumberOfStudyRelatedInstances, 0));
            }
        });
        return count[0];
    }

    /** Takes answers as they come; what it throws ends the search. */
    @FunctionalInterface
    public interface Answers {
        void take(Dataset answer) throws DicomException;
    }

    /**
     * C-FIND at STUDY level. The answers as they came: whether they match what was asked is not looked at.
     *
     * @param keys without Query/Retrieve Level
     * @param most answers; more of them throw, and end the association
     */
    public void studies(Dataset keys, int most, Answers answers) throws DicomException {
        find(keys.put(Tag.QueryRetrieveLevel, "STUDY"), most, answers);
    }

    private void find(Dataset identifier, int most, Answers matches) throws DicomException {
        Deadline deadline = Deadline.of(association::cut, longest);
        try (deadline) {
            CommandSet request = association
                    .request(CommandSet.C_FIND_RQ, true)
                    .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STUDY_ROOT_FIND)
                    .put(CommandSet.PRIORITY, PRIORITY_MEDIUM);
            byte[] bytes = identifier.encodeWithoutFileMeta(context.transferSyntax());
            association.send(context, request, new ByteArrayInputStream(bytes));
            receive(request, most, matches);
        } catch (IOException e) {
            if (deadline.hasPassed()) {
                throw new AssociationException(
                        association.peer() + " had not come to the end of its answer to C-FIND after " + longest, e);
            }
            throw DicomException.of("C-FIND to " + association.peer(), e);
        }
    }

    private void receive(CommandSet request, int most, Answers matches) throws IOException {
        long total = 0;
        for (int answers = 0; ; answers++) {
            Association.Message response = association.receiveResponse(request);
            if (response.command().hasDataset()) {
                byte[] match = identifier(association, response);
                total += match.length;
                if (answers >= most) {
                    throw association.abort("more than " + most + " answers to one C-FIND");
                }
                if (total > MAX_TOTAL_LENGTH) {
                    throw association.abort("answers to one C-FIND of more than " + MAX_TOTAL_LENGTH + " bytes");
                }
                matches.take(DatasetEncoding.decode(match, response.context().transferSyntax()));
            }
            RetrieveStatus status = new RetrieveStatus(response.command().integer(CommandSet.STATUS));
            if (status.isSuccess()) {
                return;
            }
            if (!status.isPending()) {
                throw new DicomException(association.peer() + " answered C-FIND with " + status);
            }
            if (answers >= most && !response.command().hasDataset()) {
                throw association.abort("pending answers to C-FIND without identifiers");
            }
        }
    }

    /** A longer one ends the association: what is left of it may be of any length. */
    static byte[] identifier(Association association, Association.Message response) throws IOException {
        byte[] bytes = association.dataset(response).readNBytes(MAX_IDENTIFIER_LENGTH + 1);
        if (bytes.length > MAX_IDENTIFIER_LENGTH) {
            throw association.abort("an identifier of more than " + MAX_IDENTIFIER_LENGTH + " bytes");
        }
        return bytes;
    }

    @Override
    public void close() {
        association.releaseAtEnd();
    }
}
