package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;

/** C-STORE, C-ECHO and N-ACTION with an archive whose answers are none to what it was asked. */
@Timeout(Patience.SECONDS)
class ResponsesTest {
    private static final int STATUS = CommandSet.STATUS;

    @TempDir
    Path folder;

    private ScriptedArchive archive;

    @BeforeEach
    void start() throws IOException {
        archive = new ScriptedArchive();
    }

    @AfterEach
    void stop() throws IOException {
        archive.close();
    }

    private Path object(String uid) throws IOException {
        Dataset dataset = PixelFiles.header(4, 4)
                .put(Tag.SOPClassUID, SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .put(Tag.SOPInstanceUID, uid)
                .putPixels(new short[16]);
        return Files.write(folder.resolve(uid), dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    /** The second success is of the first object: that the second was refused comes behind it. */
    @Test
    void anAnswerThatCameTwiceIsNoneToTheNextObject() throws Exception {
        List<Path> files = List.of(object("2.25.1"), object("2.25.2"));
        AtomicInteger stores = new AtomicInteger();
        archive.script = (association, request) -> {
            boolean first = stores.getAndIncrement() == 0;
            association.respond(request, first ? 0 : 0xA900);
            if (first) {
                association.respond(request, 0);
            }
        };
        try (StorageScu scu = StorageScu.open(archive.node(), files)) {
            assertThat(scu.store(files.get(0)).isSuccess()).isTrue();
            assertThatThrownBy(() -> scu.store(files.get(1)))
                    .isInstanceOf(AssociationException.class)
                    .hasMessageContaining("a response to what was not asked");
        }
    }

    @Test
    void anAnswerWithoutAStatusIsNoSuccess() throws Exception {
        Path file = object("2.25.1");
        archive.script = (association, request) -> {
            CommandSet response = CommandSet.request(
                            request.command().integer(CommandSet.COMMAND_FIELD) | CommandSet.RESPONSE, 0, false)
                    .put(
                            CommandSet.MESSAGE_ID_BEING_RESPONDED_TO,
                            request.command().integer(CommandSet.MESSAGE_ID));
            assertThat(response.contains(STATUS)).isFalse();
            association.send(request.context(), response);
        };
        try (StorageScu scu = StorageScu.open(archive.node(), List.of(file))) {
            assertThatThrownBy(() -> scu.store(file)).hasMessageContaining("without Status (0000,0900)");
        }
        assertThatThrownBy(() -> VerificationScu.echo(archive.node()))
                .hasMessageContaining("without Status (0000,0900)");
        assertThatThrownBy(this::requestCommitment).hasMessageContaining("without Status (0000,0900)");
    }

    @Test
    void anAnswerToAnotherMessageIsNone() throws Exception {
        archive.script = (association, request) -> association.send(
                request.context(),
                request.command()
                        .response(0)
                        .put(
                                CommandSet.MESSAGE_ID_BEING_RESPONDED_TO,
                                request.command().integer(CommandSet.MESSAGE_ID) + 1));
        assertThatThrownBy(() -> VerificationScu.echo(archive.node()))
                .hasMessageContaining("a response to what was not asked");
        assertThatThrownBy(this::requestCommitment).hasMessageContaining("a response to what was not asked");
    }

    private void requestCommitment() throws DicomException {
        StorageCommitmentScu.request(
                archive.node(),
                "2.25.9",
                List.of(new SopReference(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "2.25.1")),
                Duration.ZERO,
                () -> false);
    }
}
