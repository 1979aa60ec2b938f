package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Settings;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.finding.ImageFinding;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.Releases;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;
import picocli.CommandLine;

/** Slices of a series whose maps are joined, from files to objects. */
class JoinedSlicesTest {
    private static final int SIDE = 48;

    @TempDir
    Path folder;

    @BeforeEach
    void useJoiningModel() throws IOException {
        Releases.writeJoined(folder.resolve("models"), "tiny", Releases.AXIAL_FLAIR);
        System.setProperty("rigatino.restore.models", folder.resolve("models").toString());
    }

    @AfterEach
    void forgetModel() {
        System.clearProperty("rigatino.restore.models");
    }

    /** A head that grows from slice to slice. */
    private static short[] head(int number) {
        Random random = new Random(number);
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            double radius = Math.hypot((i / SIDE - 24) / (14.0 + number), (i % SIDE - 24) / (11.0 + number));
            pixels[i] = (short) (radius < 1 ? 500 + random.nextInt(100) : 0);
        }
        return pixels;
    }

    private Path write(String name, Dataset instance) throws IOException {
        return Files.write(
                folder.resolve(name + ".dcm"), instance.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
    }

    /** Slices lie 5 mm apart. */
    private Path slice(int number) throws IOException {
        return write("s" + number, at("2.25.50" + number, number, head(number)));
    }

    private static Dataset at(String uid, int place, short[] pixels) {
        return PixelFiles.flair(uid, SIDE, pixels)
                .put(Tag.InstanceNumber, place)
                .put(Tag.SliceThickness, "4")
                .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(5 * place));
    }

    private List<Path> slices(int from, int to) throws IOException {
        List<Path> slices = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            slices.add(slice(number));
        }
        return slices;
    }

    private List<ImageFinding> judged(List<Path> files) throws IOException, StageException {
        List<SourceFile> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(new SourceFile(sources.size(), "", file, Optional.empty(), Optional.empty()));
        }
        try (WarmModels models = new WarmModels(ModelReleases.load(folder.resolve("models")), "cpu", 2)) {
            SiteResultConfiguration settings = Settings.of(SiteResultConfiguration.class);
            return new SilentJudgement(models, HouseRules.NONE, settings, Pace.NONE)
                    .judge(sources).frames().stream()
                            .map(frame -> frame.slice().finding())
                            .toList();
        }
    }

    /** Ends of the UIDs that each image is joined with, by the end of its own. */
    private Map<String, String> joined(List<Path> files) throws IOException, StageException {
        Map<String, String> joined = new TreeMap<>();
        for (ImageFinding finding : judged(files)) {
            List<String> with = finding.joinedWith().stream()
                    .map(reference -> end(reference.sopInstanceUid()))
                    .toList();
            joined.put(end(finding.reference().sopInstanceUid()), String.join(" ", with));
        }
        return joined;
    }

    private static String end(String uid) {
        return uid.replaceFirst("^2\\.25\\.50", "");
    }

    /** Lines by file, and objects by name. */
    private Map<String, byte[]> restored(String out, List<Path> files) throws IOException {
        Path to = folder.resolve(out);
        List<String> arguments = new ArrayList<>(List.of("--out", to.toString(), "--also"));
        arguments.add("restored-image,triptych,segmentation,parametric-map,measurement-report");
        files.forEach(file -> arguments.add(file.toString()));
        StringWriter console = new StringWriter();
        int exit = new CommandLine(new RestoreCommand())
                .setOut(new PrintWriter(console))
                .setErr(new PrintWriter(console, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(exit).as(console.toString()).isZero();
        Map<String, byte[]> objects = new TreeMap<>();
        try (Stream<Path> written = Files.list(to)) {
            for (Path file : written.toList()) {
                objects.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        List<String> lines = console.toString().lines().toList();
        for (int i = 0; i < files.size(); i++) {
            assertThat(lines.get(i)).as("in the order of the files").startsWith(files.get(i) + ": ");
        }
        return objects;
    }

    /** Overlay and all of one source file. */
    private static Map<String, byte[]> of(int slice, Map<String, byte[]> objects) {
        Map<String, byte[]> some = new TreeMap<>(objects);
        some.keySet().removeIf(name -> !name.startsWith("s" + slice + "-"));
        return some;
    }

    private static void assertSame(Map<String, byte[]> some, Map<String, byte[]> others) {
        assertThat(some.keySet()).isNotEmpty().isEqualTo(others.keySet());
        some.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(others.get(name)));
    }

    @Test
    void theSameObjectsComeOfTheSameSlicesInWhateverOrderTheyCome() throws IOException {
        List<Path> files = slices(0, 6);
        Map<String, byte[]> first = restored("first", files);
        Collections.shuffle(files, new Random(3));
        assertSame(restored("shuffled", files), first);
        Collections.reverse(files);
        assertSame(restored("reversed", files), first);
    }

    @Test
    void slicesAreJoinedWithThoseBesideThemAndJudgedByThat() throws IOException, StageException {
        List<Path> files = slices(0, 4);
        Collections.reverse(files);
        assertThat(joined(files)).isEqualTo(Map.of("0", "1", "1", "0 2", "2", "1 3", "3", "2 4", "4", "3"));
        List<ImageFinding> together = judged(files);
        for (ImageFinding finding : together) {
            String uid = finding.reference().sopInstanceUid();
            Path alone = folder.resolve("s" + end(uid) + ".dcm");
            assertThat(judged(List.of(alone)).get(0).score()).isNotEqualTo(finding.score());
        }
    }

    @Test
    void whatIsRefusedOrMissingOrTwiceAtAPlaceIsNobodysNeighbour() throws IOException, StageException {
        List<Path> files = slices(0, 6);
        files.set(2, write("s2", at("2.25.502", 2, new short[SIDE * SIDE])));
        assertThat(joined(files))
                .as("blank")
                .isEqualTo(Map.of("0", "1", "1", "0", "3", "4", "4", "3 5", "5", "4 6", "6", "5"));
        files = slices(0, 6);
        files.remove(4);
        assertThat(joined(files))
                .as("missing")
                .isEqualTo(Map.of("0", "1", "1", "0 2", "2", "1 3", "3", "2", "5", "6", "6", "5"));
        files = slices(0, 4);
        files.add(write("again", at("2.25.50again", 2, head(2)).put(Tag.SOPInstanceUID, "2.25.5022")));
        assertThat(joined(files))
                .as("another time")
                .isEqualTo(Map.of("0", "1", "1", "0", "2", "", "22", "", "3", "4", "4", "3"));
        files = slices(0, 2);
        files.add(write("other", at("2.25.509", 3, head(3)).put(Tag.SeriesInstanceUID, "2.25.4")));
        assertThat(joined(files)).as("another series").isEqualTo(Map.of("0", "1", "1", "0 2", "2", "1", "9", ""));
        files = slices(0, 2);
        files.add(write("aside", at("2.25.509", 3, head(3)).put(Tag.ImagePositionPatient, "4", "0", "15")));
        assertThat(joined(files)).as("to one side").isEqualTo(Map.of("0", "1", "1", "0 2", "2", "1", "9", ""));
        files = slices(0, 5);
        files.set(1, Files.writeString(folder.resolve("s1.dcm"), "no DICOM at all"));
        assertThat(joined(files))
                .as("unreadable")
                .isEqualTo(Map.of("0", "", "2", "3", "3", "2 4", "4", "3 5", "5", "4"));
        files = slices(0, 5);
        byte[] whole = Files.readAllBytes(files.get(1));
        Files.write(files.get(1), Arrays.copyOf(whole, whole.length - SIDE * SIDE));
        assertThat(joined(files))
                .as("cut short")
                .isEqualTo(Map.of("0", "", "2", "3", "3", "2 4", "4", "3 5", "5", "4"));
    }

    /** As where those between them were restored before, come later, or were refused: what a slice far away does not show says nothing. */
    /** A directory stands for a file that the file system does not give, and may give when it is its turn. */
    @Test
    void nobodyIsJudgedWithoutNeighboursSinceAFileIsNotGiven() throws IOException {
        List<Path> files = slices(1, 3);
        Files.delete(files.get(1));
        Files.createDirectory(files.get(1));
        assertThatThrownBy(() -> judged(files))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("which slices lie side by side cannot be told");
    }

    @Test
    void slicesWithRoomForOthersBetweenThemAreNotJoinedWhateverElseIsThere() throws IOException, StageException {
        assertThat(joined(List.of(slice(3), slice(6))))
                .as("two that are done again")
                .isEqualTo(Map.of("3", "", "6", ""));
        assertThat(joined(List.of(slice(1), slice(3), slice(5), slice(7))))
                .as("every other one")
                .isEqualTo(Map.of("1", "", "3", "", "5", "", "7", ""));
        assertThat(joined(List.of(slice(0), slice(1), slice(3))))
                .as("one of three distances")
                .isEqualTo(Map.of("0", "1", "1", "0", "3", ""));
        Path refused = write("s1", at("2.25.501", 1, head(1)).put(Tag.SeriesDescription, "T1"));
        assertThat(joined(List.of(slice(0), refused, slice(2)))).as("refused").isEqualTo(Map.of("0", "", "2", ""));
        Path bare = write("s1", at("2.25.501", 1, head(1)).putEmpty(Tag.SliceThickness));
        assertThat(joined(List.of(slice(0), bare)))
                .as("nothing says how far they reach")
                .isEqualTo(Map.of("0", "", "1", ""));
        Path told = write(
                "s1", at("2.25.501", 1, head(1)).putEmpty(Tag.SliceThickness).put(Tag.SpacingBetweenSlices, "5"));
        assertThat(joined(List.of(slice(0), told))).isEqualTo(Map.of("0", "1", "1", "0"));
    }

    @Test
    void slicesThatDoNotCompareAreNotJoined() throws IOException, StageException {
        Path turned = write(
                "s1",
                at("2.25.501", 1, head(1))
                        .put(Tag.ImageOrientationPatient, "0.9397", "0.3420", "0", "-0.3420", "0.9397", "0"));
        assertThat(joined(List.of(slice(0), turned))).as("turned").isEqualTo(Map.of("0", "", "1", ""));
        Path moved = write("s1", at("2.25.501", 1, head(1)).put(Tag.FrameOfReferenceUID, "2.25.99"));
        assertThat(joined(List.of(slice(0), moved))).as("moved").isEqualTo(Map.of("0", "", "1", ""));
        Path spelled = write("s1", at("2.25.501", 1, head(1)).put(Tag.PatientSex, "O"));
        assertThat(joined(List.of(slice(0), spelled, slice(2))))
                .as("no object is made of both")
                .isEqualTo(Map.of("0", "", "1", "", "2", ""));
    }

    /** As in a later revision, which restores what is new: nothing that went out is made once more with other bytes. */
    @Test
    void lateSlicesAreJoinedAmongThemselvesUnderUidsOfTheirOwn() throws IOException {
        Map<String, byte[]> first = restored("first", slices(0, 3));
        Map<String, byte[]> late = restored("late", slices(4, 6));
        Map<String, byte[]> whole = restored("whole", slices(0, 6));
        for (int slice : new int[] {0, 1, 2}) {
            assertSame(of(slice, first), of(slice, whole));
        }
        assertSame(of(6, late), of(6, whole));
        assertSame(of(5, late), of(5, whole));
        for (int slice : new int[] {3, 4}) {
            Map<String, byte[]> then = of(slice, slice == 3 ? first : late);
            assertThat(then.keySet())
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(of(slice, whole).keySet());
        }
        late.keySet().retainAll(first.keySet());
        assertThat(late).isEmpty();
    }

    /** Frames stored from the top and the bottom in turn. */
    @Test
    void framesOfAnInstanceAreJoinedAsTheyLie() throws IOException, StageException {
        int[] places = {3, 0, 2, 1};
        short[] pixels = new short[places.length * SIDE * SIDE];
        List<Dataset> groups = new ArrayList<>();
        for (int frame = 0; frame < places.length; frame++) {
            System.arraycopy(head(places[frame]), 0, pixels, frame * SIDE * SIDE, SIDE * SIDE);
            groups.add(PixelFiles.frame("ORIGINAL\\PRIMARY\\BRAIN\\NONE", "1\\0\\0\\0\\1\\0", 5 * places[frame]));
        }
        Dataset enhanced = PixelFiles.enhanced(PixelFiles.flair("2.25.50", SIDE, head(0)), SIDE, groups, pixels);
        Map<Integer, List<Integer>> joined = new TreeMap<>();
        for (ImageFinding finding : judged(List.of(write("enhanced", enhanced)))) {
            joined.put(
                    finding.reference().frameNumber(),
                    finding.joinedWith().stream()
                            .map(reference -> reference.frameNumber())
                            .toList());
        }
        assertThat(joined).isEqualTo(Map.of(1, List.of(3), 2, List.of(4), 3, List.of(4, 1), 4, List.of(2, 3)));
    }

    /** They have one direction and no places, and there may be no end of them: a word for each would fill the heap. */
    @Test
    @Timeout(Patience.SECONDS)
    void framesWithoutPlacesAreJudgedByThemselvesAndClaimsCostNothing() throws IOException, StageException {
        short[] two = new short[2 * SIDE * SIDE];
        System.arraycopy(head(1), 0, two, 0, SIDE * SIDE);
        System.arraycopy(head(2), 0, two, SIDE * SIDE, SIDE * SIDE);
        Dataset classic = at("2.25.501", 1, two).put(Tag.NumberOfFrames, 2);
        assertThat(judged(List.of(write("classic", classic)))).hasSize(2).allMatch(finding -> finding.joinedWith()
                .isEmpty());
        Dataset claims = at("2.25.501", 1, two).put(Tag.NumberOfFrames, Integer.MAX_VALUE);
        assertThat(joined(List.of(write("claims", claims), slice(2), slice(3)))).isEqualTo(Map.of("2", "3", "3", "2"));
        claims.putItems(Tag.PerFrameFunctionalGroupsSequence, List.of(new Dataset()));
        assertThat(joined(List.of(write("claims", claims), slice(2), slice(3)))).isEqualTo(Map.of("2", "3", "3", "2"));
    }

    @Test
    void oneSliceAloneIsJudgedByItsOwnMap() throws IOException, StageException {
        Path alone = slice(3);
        Map<String, byte[]> joining = restored("joining", List.of(alone));
        assertThat(joined(List.of(alone))).isEqualTo(Map.of("3", ""));
        assertSame(restored("again", List.of(alone)), joining);
    }
}
