package org.rigatino.pipeline;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.rigatino.patient.MixedPatientException;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.patient.UnknownPatientValues;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rigatino restore}: one line a file, in the files' order; needs no database and no broker. */
@Command(
        name = "restore",
        description = "Restores DICOM files and writes their overlays as DICOM objects and PNGs; prints a line a file."
                + " Ends with 0 where all files could be read, refused by a rule or not, and with 1 where one could not,"
                + " or a study failed.",
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(arity = "1..*", paramLabel = "FILES", description = "DICOM files, or folders of them")
    private List<Path> named;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where the overlays go")
    private Path out;

    @Option(
            names = "--also",
            split = ",",
            paramLabel = "KIND",
            converter = KindName.class,
            description = "besides, of each image: restored-image, triptych; of each whole series: segmentation,"
                    + " parametric-map, probability-map, measurement-report, presentation-state, key-object-selection,"
                    + " multi-frame-secondary-capture, multi-frame-triptych (and the triptychs that are its frames)")
    private Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description =
                    "Content Date and Time of the objects, as 2026-01-31T09:30:00+01:00; without it the source's, so"
                            + " that the same files give the same objects whenever this runs")
    private OffsetDateTime contentTime;

    /** {@code measurement-report} for {@link ObjectKind#MEASUREMENT_REPORT}. */
    static final class KindName implements CommandLine.ITypeConverter<ObjectKind> {
        @Override
        public ObjectKind convert(String text) {
            List<ObjectKind> kinds = ObjectKind.ofFindings().stream()
                    .filter(kind -> kind != ObjectKind.SECONDARY_CAPTURE)
                    .toList();
            return kinds.stream()
                    .filter(kind -> kind.configurationName().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException("'" + text + "' is none of "
                            + kinds.stream().map(ObjectKind::configurationName).collect(Collectors.joining(", "))));
        }
    }

    @Override
    public Integer call() {
        SmallRyeConfig config;
        try {
            config = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDefaultSources()
                    .withMapping(RestoreConfiguration.class)
                    .withMapping(SiteResultConfiguration.class)
                    .build();
        } catch (ConfigValidationException e) {
            return failed(e.getMessage());
        }
        RestoreConfiguration restore = config.getConfigMapping(RestoreConfiguration.class);
        try (WarmModels models = new WarmModels(releases(restore), restore.device(), restore.batch())) {
            List<Path> files = FilesAtHand.of(named, out);
            Files.createDirectories(out);
            StudyPipeline pipeline = new StudyPipeline(
                    models,
                    HouseRules.NONE,
                    restore.batch(),
                    config.getConfigMapping(SiteResultConfiguration.class),
                    UnknownPatientValues.of(config),
                    StageTimes.unwatched(),
                    Pace.NONE);
            return restore(pipeline, files) ? 0 : 1;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return failed(e.getMessage());
        }
    }

    /** Some: without any each image would be refused, as if it were out of scope. */
    private static ModelReleases releases(RestoreConfiguration configuration) throws IOException {
        ModelReleases releases = ModelReleases.load(
                configuration.models(), configuration.shadow().orElse(Set.of()));
        if (releases.all().isEmpty()) {
            throw new IOException("rigatino.restore.models: no model release that serves under "
                    + configuration.models().toAbsolutePath() + ": put one at NAME/VERSION below it");
        }
        return releases;
    }

    private int failed(String why) {
        command.commandLine().getErr().println("rigatino restore: " + why);
        return 1;
    }

    /** @return whether all files could be read, and all of their studies worked on */
    private boolean restore(StudyPipeline pipeline, List<Path> files) {
        PrintWriter console = command.commandLine().getOut();
        FolderSink sink = new FolderSink(files, out, line -> {
            console.println(line);
            console.flush();
        });
        FilesAtHand atHand = new FilesAtHand(files);
        atHand.repeated()
                .forEach(repeated -> sink.tell(
                        repeated.file(),
                        "refused: duplicate: its SOP Instance UID is that of "
                                + repeated.first().path()));
        for (SourceStudy study :
                atHand.studies(Optional.ofNullable(contentTime).map(time -> time.truncatedTo(ChronoUnit.SECONDS)))) {
            try {
                pipeline.process(study, kinds, sink);
            } catch (MixedPatientException e) {
                study.files()
                        .forEach(file -> sink.tell(file, "refused: " + PatientIdentity.RULE + ": " + e.getMessage()));
            } catch (StageException e) {
                failed("study " + study.studyInstanceUid() + ": " + e.stage() + ": " + sink.failed(study, e));
            }
        }
        return sink.allRead();
    }
}
