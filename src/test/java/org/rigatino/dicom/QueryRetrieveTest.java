package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Patience;
import org.rigatino.Slow;

/** C-FIND and C-MOVE with an archive that is wrong, hostile or lame. */
@Timeout(Patience.SECONDS)
@Slow
class QueryRetrieveTest {
    private static final String STUDY = "2.25.1";
    private static final MoveScu.Patience PATIENCE = new MoveScu.Patience(Patience.STEP, Patience.STEP, () -> 0, 100);

    private ScriptedArchive archive;

    @BeforeEach
    void start() throws IOException {
        archive = new ScriptedArchive();
    }

    @AfterEach
    void stop() throws IOException {
        archive.close();
    }

    private List<Dataset> find(Duration longest) throws DicomException {
        try (QueryScu scu = QueryScu.open(archive.node(), longest)) {
            List<Dataset> answers = new ArrayList<>();
            scu.studies(new Dataset().put(Tag.StudyInstanceUID, STUDY), 100, answers::add);
            return answers;
        }
    }

    private ThrowingCallable finding() {
        return () -> find(Patience.STEP);
    }

    private MoveResult move(MoveScu.Patience patience) throws DicomException {
        try (MoveScu scu = MoveScu.open(archive.node())) {
            return scu.move(STUDY, "RIGATINO", patience);
        }
    }

    private ThrowingCallable moving() {
        return () -> move(PATIENCE);
    }

    @Test
    void answers_are_given_as_they_came() throws Exception {
        archive.answers = asked -> List.of(asked, new Dataset().put(Tag.StudyInstanceUID, "2.25.2"));
        assertThat(find(Patience.STEP))
                .extracting(answer -> answer.require(Tag.StudyInstanceUID))
                .containsExactly(STUDY, "2.25.2");
    }

    @ParameterizedTest
    @CsvSource({
        "0xA700, A700H (out of resources)",
        "0xA900, A900H (the identifier does not match the SOP class)",
        "0xC001, C001H (unable to process)",
        "0xFE00, FE00H (cancelled)",
        "0x0122, 0122H (SOP class not supported)",
        "0x1234, 1234H (a status that the standard does not have)"
    })
    void another_status_of_a_find_is_told_with_its_meaning(String status, String told) {
        archive.find = Integer.decode(status);
        assertThatThrownBy(finding()).isInstanceOf(DicomException.class).hasMessageContaining(told);
    }

    @Test
    void an_archive_that_answers_without_end_is_left() {
        archive.script = (association, request) -> {
            while (true) {
                association.send(request.context(), ScriptedArchive.pending(request, true), study());
            }
        };
        assertThatThrownBy(finding()).hasMessageContaining("more than 100 answers");
    }

    @Test
    void pending_answers_without_an_identifier_come_to_an_end() {
        archive.script = (association, request) -> {
            while (true) {
                association.send(request.context(), ScriptedArchive.pending(request, false));
            }
        };
        assertThatThrownBy(finding()).hasMessageContaining("without identifiers");
    }

    /** Each answer comes within the time-out, and the last never. */
    @Test
    void an_archive_that_answers_now_and_then_is_left_in_the_end() {
        CountDownLatch left = new CountDownLatch(1);
        archive.script = (association, request) -> {
            while (!waits(left, 200)) {
                association.send(request.context(), ScriptedArchive.pending(request, true), study());
            }
        };
        assertThatThrownBy(() -> find(Duration.ofSeconds(1))).hasMessageContaining("not come to the end of its answer");
        left.countDown();
    }

    private static boolean waits(CountDownLatch end, long millis) {
        try {
            return end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** What is still on its way when the answer is given up has no end either. */
    @Test
    void an_archive_that_goes_on_answering_does_not_hold_up_the_release() {
        archive.script = (association, request) -> {
            while (true) {
                association.send(request.context(), ScriptedArchive.pending(request, true), study());
                LockSupport.parkNanos(1_000_000);
            }
        };
        assertThatThrownBy(() -> {
                    try (QueryScu scu = QueryScu.open(archive.node(), Patience.STEP)) {
                        scu.countInstances(STUDY);
                    }
                })
                .hasMessageContaining("(0020,1208)");
    }

    @Test
    void answers_that_are_large_all_together_are_not_kept() {
        byte[] large = new byte[1 << 19];
        archive.script = (association, request) -> {
            while (true) {
                association.send(
                        request.context(),
                        ScriptedArchive.pending(request, true),
                        new ByteArrayInputStream(new Dataset()
                                .put(Tag.StudyInstanceUID, STUDY)
                                .putPixels(large)
                                .encodeWithoutFileMeta(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN)));
            }
        };
        assertThatThrownBy(() -> {
                    try (QueryScu scu = QueryScu.open(archive.node(), Patience.STEP)) {
                        scu.studies(new Dataset().put(Tag.StudyInstanceUID, STUDY), 100_000, answer -> {});
                    }
                })
                .hasMessageContaining("answers to one C-FIND of more than 67108864 bytes");
    }

    @Test
    void an_identifier_of_any_length_is_not_read_to_its_end() {
        archive.script = (association, request) ->
                association.send(request.context(), ScriptedArchive.pending(request, true), new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }
                });
        assertThatThrownBy(finding()).hasMessageContaining("an identifier of more than 1048576 bytes");
        assertThatThrownBy(moving()).hasMessageContaining("an identifier of more than 1048576 bytes");
    }

    /** Each PDU comes in time, and none brings the command further. */
    @Test
    void a_command_in_fragments_of_nothing_comes_to_an_end() {
        archive.script = (association, request) -> {
            byte[] nothing = {0, 0, 0, 2, (byte) request.context().id(), 1};
            while (true) {
                association.write(new Pdu(Pdu.P_DATA_TF, nothing));
            }
        };
        assertThatThrownBy(() -> {
                    try (QueryScu scu = QueryScu.open(archive.node().withinAtMost(Duration.ofSeconds(1)))) {
                        scu.countInstances(STUDY);
                    }
                })
                .isInstanceOf(AssociationException.class);
    }

    @Test
    void an_identifier_that_is_no_dataset_is_an_error() {
        archive.script = (association, request) -> association.send(
                request.context(),
                ScriptedArchive.pending(request, true),
                new ByteArrayInputStream(new byte[] {8, 0, 5, 0, 127, 127, 127, 127, 1}));
        assertThatThrownBy(finding()).isInstanceOf(DicomException.class).hasMessageContaining("cannot decode");
    }

    @Test
    void a_response_to_what_was_not_asked_ends_the_association() {
        archive.script = (association, request) -> association.send(
                request.context(),
                request.command()
                        .response(0)
                        .put(
                                CommandSet.MESSAGE_ID_BEING_RESPONDED_TO,
                                request.command().integer(CommandSet.MESSAGE_ID) + 1));
        assertThatThrownBy(finding()).hasMessageContaining("a response to what was not asked");
        assertThatThrownBy(moving()).hasMessageContaining("a response to what was not asked");
        archive.script = (association, request) -> association.send(
                request.context(),
                request.command().response(0).put(CommandSet.COMMAND_FIELD, CommandSet.C_STORE_RQ | 0x8000));
        assertThatThrownBy(finding()).hasMessageContaining("a response to what was not asked");
    }

    @Test
    void an_archive_that_hangs_up_half_way_is_an_association_exception() {
        archive.script = (association, request) -> {
            association.send(request.context(), ScriptedArchive.pending(request, true), study());
            association.close();
        };
        assertThatThrownBy(finding()).isInstanceOf(AssociationException.class);
        archive.script = (association, request) -> {
            association.send(request.context(), counted(ScriptedArchive.pending(request, false), 3));
            association.close();
        };
        assertThatThrownBy(moving()).isInstanceOf(AssociationException.class);
    }

    @Test
    void counts_and_failed_instances_of_the_last_response_are_told() throws Exception {
        archive.script = (association, request) -> {
            association.send(request.context(), counted(ScriptedArchive.pending(request, false), 1));
            Dataset failures = new Dataset().put(Tag.FailedSOPInstanceUIDList, "2.25.7", "no UID");
            association.send(
                    request.context(),
                    counted(ScriptedArchive.pending(request, true), 2)
                            .put(CommandSet.STATUS, 0xB000)
                            .put(CommandSet.NUMBER_OF_FAILED_SUB_OPERATIONS, 2),
                    new ByteArrayInputStream(
                            failures.encodeWithoutFileMeta(request.context().transferSyntax())));
        };
        MoveResult result = move(PATIENCE);
        assertThat(result.complete()).isFalse();
        assertThat(result.status()).isEqualTo("B000H (sub-operations complete, one or more failures or warnings)");
        assertThat(result.moved()).hasValue(2);
        assertThat(result.failed()).hasValue(2);
        assertThat(result.failedInstances()).containsExactly("2.25.7");
    }

    /** PS3.4 table C.4-2: failures or warnings. What was stored with a warning is stored. */
    @Test
    void a_warning_without_failures_is_complete() throws Exception {
        archive.script = (association, request) -> association.send(
                request.context(),
                counted(request.command().response(0xB000), 2).put(CommandSet.NUMBER_OF_WARNING_SUB_OPERATIONS, 1));
        MoveResult result = move(PATIENCE);
        assertThat(result.complete()).isTrue();
        assertThat(result.moved()).hasValue(3);
        archive.script = (association, request) -> association.respond(request, 0xB000);
        assertThat(move(PATIENCE).complete()).isFalse();
    }

    private boolean lists(Dataset... answers) throws DicomException {
        archive.answers = asked -> List.of(answers);
        try (QueryScu scu = QueryScu.open(archive.node())) {
            return scu.imageExists(STUDY, "2.25.3", "2.25.7");
        }
    }

    private static Dataset image(String study) {
        return new Dataset()
                .put(Tag.SOPInstanceUID, "2.25.7")
                .put(Tag.SeriesInstanceUID, "2.25.3")
                .put(Tag.StudyInstanceUID, study);
    }

    /** As where it was filed into another study, or the archive matches by the SOP Instance UID alone. */
    @Test
    void an_image_of_another_study_is_no_proof() throws Exception {
        assertThat(lists(image(STUDY))).isTrue();
        assertThat(lists(image("2.25.2"), image(STUDY))).isTrue();
        assertThat(lists(image(STUDY).put(Tag.SOPInstanceUID, "2.25.8"))).isFalse();
        assertThatThrownBy(() -> lists(image("2.25.2")))
                .isNotInstanceOf(AssociationException.class)
                .hasMessageContaining("with another Study Instance UID");
        assertThatThrownBy(() -> lists(new Dataset().put(Tag.SOPInstanceUID, "2.25.7")))
                .isNotInstanceOf(AssociationException.class)
                .hasMessageContaining("without Study Instance UID");
        assertThatThrownBy(() -> lists(image(STUDY).put(Tag.SeriesInstanceUID, "2.25.4")))
                .hasMessageContaining("with another Series Instance UID");
    }

    /** The answers are read to their end: the next question is not answered with the rest of them. */
    @Test
    void an_image_of_another_study_does_not_end_the_association() throws Exception {
        archive.answers = asked -> List.of(image("2.25.2"), image("2.25.4"));
        try (QueryScu scu = QueryScu.open(archive.node())) {
            for (int asked = 0; asked < 2; asked++) {
                assertThatThrownBy(() -> scu.imageExists(STUDY, "2.25.3", "2.25.7"))
                        .hasMessageContaining("with another Study Instance UID");
            }
        }
    }

    /** By an archive that has a part of it online. */
    @Test
    void a_study_that_is_listed_twice_has_the_most() throws Exception {
        archive.answers = asked -> List.of(study(STUDY, 200), study("2.25.2", 700), study(STUDY, 40));
        try (QueryScu scu = QueryScu.open(archive.node())) {
            assertThat(scu.countInstances(STUDY)).isEqualTo(200);
        }
    }

    private static Dataset study(String uid, int instances) {
        return new Dataset().put(Tag.StudyInstanceUID, uid).put(Tag.NumberOfStudyRelatedInstances, instances);
    }

    /** Failed sub-operations are failures whatever the status says. */
    @Test
    void a_success_with_failures_is_none() throws Exception {
        archive.script = (association, request) -> association.send(
                request.context(),
                counted(request.command().response(0), 2).put(CommandSet.NUMBER_OF_FAILED_SUB_OPERATIONS, 1));
        assertThat(move(PATIENCE).complete()).isFalse();
    }

    @Test
    void an_archive_that_counts_nothing_leaves_it_unknown() throws Exception {
        archive.script = (association, request) -> association.respond(request, 0);
        MoveResult result = move(PATIENCE);
        assertThat(result.complete()).isTrue();
        assertThat(result.moved()).isEmpty();
    }

    @Test
    void silence_while_nothing_arrives_ends_in_a_cancel() {
        CancelSeen cancel = new CancelSeen();
        archive.script = cancel;
        MoveScu.Patience impatient = new MoveScu.Patience(Patience.STEP, Duration.ofMillis(1500), () -> 0, 100);
        assertThatThrownBy(() -> move(impatient)).hasMessageContaining("neither a response to C-MOVE nor an instance");
        assertThat(cancel.seen).hasValue(1);
    }

    /** Some archives send no pending response at all. */
    @Test
    void silence_while_instances_arrive_is_none() {
        CancelSeen cancel = new CancelSeen();
        archive.script = cancel;
        AtomicLong arrived = new AtomicLong();
        MoveScu.Patience busy =
                new MoveScu.Patience(Duration.ofSeconds(4), Duration.ofMillis(1500), arrived::incrementAndGet, 100);
        assertThatThrownBy(() -> move(busy)).hasMessageContaining("C-MOVE has not ended within PT4S");
        assertThat(cancel.seen).hasValue(1);
    }

    @Test
    void instances_without_end_are_cancelled() {
        CancelSeen cancel = new CancelSeen();
        archive.script = cancel;
        AtomicLong arrived = new AtomicLong();
        MoveScu.Patience flooded = new MoveScu.Patience(Patience.STEP, Patience.STEP, () -> arrived.addAndGet(80), 100);
        assertThatThrownBy(() -> move(flooded)).hasMessageContaining("more than 100 instances of one study");
        assertThat(cancel.seen).hasValue(1);
    }

    /** A pending response before each instance: nobody is ever silent for long. */
    @Test
    void instances_without_end_are_cancelled_while_responses_come() {
        CountDownLatch left = new CountDownLatch(1);
        AtomicLong arrived = new AtomicLong();
        archive.script = (association, request) -> {
            while (!waits(left, 20)) {
                arrived.incrementAndGet();
                association.send(request.context(), counted(ScriptedArchive.pending(request, false), 1));
            }
        };
        MoveScu.Patience flooded = new MoveScu.Patience(Patience.STEP, Patience.STEP, arrived::get, 20);
        assertThatThrownBy(() -> move(flooded)).hasMessageContaining("more than 20 instances of one study");
        left.countDown();
    }

    @Test
    void too_many_instances_are_too_many_when_all_of_them_came_at_once() {
        AtomicLong arrived = new AtomicLong();
        archive.script = (association, request) -> {
            arrived.set(21);
            association.send(request.context(), counted(request.command().response(0), 21));
        };
        MoveScu.Patience flooded = new MoveScu.Patience(Patience.STEP, Patience.STEP, arrived::get, 20);
        assertThatThrownBy(() -> move(flooded)).hasMessageContaining("more than 20 instances of one study");
    }

    @Test
    void pending_responses_without_end_are_cancelled() {
        CountDownLatch left = new CountDownLatch(1);
        archive.script = (association, request) -> {
            while (!waits(left, 5)) {
                association.send(request.context(), counted(ScriptedArchive.pending(request, false), 1));
            }
        };
        MoveScu.Patience impatient = new MoveScu.Patience(Duration.ofSeconds(2), Patience.STEP, () -> 0, 100);
        assertThatThrownBy(() -> move(impatient)).hasMessageContaining("C-MOVE has not ended within PT2S");
        left.countDown();
    }

    @Test
    void a_request_on_the_association_of_a_move_ends_it() {
        archive.script = (association, request) ->
                association.send(request.context(), association.request(CommandSet.C_STORE_RQ, true), study());
        assertThatThrownBy(moving()).hasMessageContaining("a request where a response was due");
    }

    @Test
    void an_archive_without_the_service_says_so() {
        archive.refusedContexts = Set.of(SopClass.STUDY_ROOT_MOVE, SopClass.STUDY_ROOT_FIND);
        assertThatThrownBy(finding()).isInstanceOf(NotNegotiatedException.class);
        assertThatThrownBy(moving()).isInstanceOf(NotNegotiatedException.class);
    }

    /** Says nothing, and counts the cancels. */
    private static final class CancelSeen implements ScriptedArchive.Script {
        private final AtomicInteger seen = new AtomicInteger();

        @Override
        public void answer(Association association, Association.Message request) {
            if (request.command().integer(CommandSet.COMMAND_FIELD) == CommandSet.C_CANCEL_RQ) {
                seen.incrementAndGet();
            }
        }
    }

    private static InputStream study() throws DicomException {
        return new ByteArrayInputStream(new Dataset()
                .put(Tag.StudyInstanceUID, STUDY)
                .encodeWithoutFileMeta(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN));
    }

    private static CommandSet counted(CommandSet response, int completed) {
        return response.put(CommandSet.NUMBER_OF_COMPLETED_SUB_OPERATIONS, completed)
                .put(CommandSet.NUMBER_OF_FAILED_SUB_OPERATIONS, 0)
                .put(CommandSet.NUMBER_OF_WARNING_SUB_OPERATIONS, 0);
    }
}
