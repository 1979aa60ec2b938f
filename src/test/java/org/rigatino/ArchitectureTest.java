package org.rigatino;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditTrail;
import org.rigatino.persistence.Study;

/** Holds the directions of the table in docs/architecture.md. */
@AnalyzeClasses(packagesOf = Rigatino.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** What a package may know beside itself and what is not ours. */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("dicom", List.of()),
            Map.entry("persistence", List.of("finding", "result")),
            Map.entry("audit", List.of("embedded", "persistence")),
            Map.entry("embedded", List.of()),
            Map.entry("access", List.of("audit", "embedded")),
            Map.entry("network", List.of()),
            Map.entry("study", List.of("persistence", "audit", "access", "image", "finding", "result")),
            Map.entry("patient", List.of("dicom", "persistence")),
            Map.entry("ingest", List.of("dicom", "persistence", "audit", "patient", "study")),
            Map.entry("dicomweb", List.of("dicom", "ingest", "persistence", "audit", "access")),
            Map.entry("image", List.of("dicom")),
            Map.entry("restore", List.of("image", "network", "dicom")),
            Map.entry("finding", List.of("image", "restore")),
            Map.entry("result", List.of("dicom", "image", "restore", "finding")),
            Map.entry("pipeline", List.of("dicom", "persistence", "patient", "image", "restore", "finding", "result")),
            Map.entry("deliver", List.of("dicom", "result", "persistence", "audit", "access", "study")),
            Map.entry(
                    "worker",
                    List.of(
                            "access",
                            "dicom",
                            "persistence",
                            "audit",
                            "embedded",
                            "ingest",
                            "patient",
                            "dicomweb",
                            "image",
                            "restore",
                            "finding",
                            "result",
                            "pipeline",
                            "deliver",
                            "retention",
                            "study",
                            "triage",
                            "webhook",
                            "hl7",
                            "monitor")),
            Map.entry("monitor", List.of("persistence", "ingest", "deliver")),
            Map.entry("retention", List.of("persistence", "audit", "ingest", "deliver")),
            Map.entry("triage", List.of("persistence", "audit", "access", "finding")),
            Map.entry("notify", List.of("audit")),
            Map.entry("webhook", List.of("notify", "audit")),
            Map.entry("hl7", List.of("notify", "audit", "dicom", "ingest", "patient", "persistence", "result")),
            Map.entry(
                    "web",
                    List.of(
                            "persistence",
                            "audit",
                            "access",
                            "ingest",
                            "patient",
                            "restore",
                            "finding",
                            "result",
                            "monitor",
                            "study")),
            Map.entry(
                    "page",
                    List.of(
                            "access",
                            "audit",
                            "deliver",
                            "dicom",
                            "finding",
                            "image",
                            "ingest",
                            "monitor",
                            "persistence",
                            "restore",
                            "result",
                            "study",
                            "triage",
                            "web")),
            Map.entry("learn.chart", List.of()),
            Map.entry("learn.metric", List.of("restore")),
            Map.entry(
                    "learn.train",
                    List.of("dicom", "image", "network", "restore", "finding", "learn.chart", "learn.metric")),
            Map.entry(
                    "learn.evaluate",
                    List.of("image", "restore", "finding", "result", "learn.chart", "learn.metric", "learn.train")),
            Map.entry("proof.demo", List.of("dicom", "embedded")),
            Map.entry(
                    "proof.bench",
                    List.of("dicom", "embedded", "image", "network", "restore", "learn.train", "proof.demo")),
            Map.entry("proof.soak", List.of("dicom", "embedded", "proof.demo")));

    /** The parents of what serves no study. */
    private static final Set<String> BESIDE = Set.of("learn", "proof");

    private static final String ROOT = "org.rigatino";

    @TestFactory
    Stream<DynamicTest> packagesKnowOnlyWhatTheyMay() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages(ROOT);
        return MAY_KNOW.keySet().stream()
                .sorted()
                .map(name -> DynamicTest.dynamicTest(name, () -> mayKnow(name).check(all)));
    }

    private static ArchRule mayKnow(String name) {
        List<String> allowed = new ArrayList<>(MAY_KNOW.get(name));
        allowed.add(name);
        String[] packages = allowed.stream().map(ArchitectureTest::within).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(within(name))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(packages).or(not(resideInAPackage(ROOT + ".."))));
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }

    @Test
    void everyPackageIsInTheTable() throws IOException {
        Set<String> there = new TreeSet<>(packagesIn(""));
        assertThat(there).containsAll(BESIDE);
        there.removeAll(BESIDE);
        for (String parent : BESIDE) {
            packagesIn(parent).forEach(name -> there.add(parent + "." + name));
        }
        assertThat(there).isEqualTo(new TreeSet<>(MAY_KNOW.keySet()));
    }

    private static List<String> packagesIn(String parent) throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/org/rigatino", parent))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    @ArchTest
    static final ArchRule whatServesKnowsNeitherLearningNorProof = noClasses()
            .that()
            .resideOutsideOfPackages(within("learn"), within("proof"))
            .and()
            .doNotBelongToAnyOf(Rigatino.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(within("learn"), within("proof"));

    @ArchTest
    static final ArchRule onlyDicomSeesTheToolkit = noClasses()
            .that()
            .resideOutsideOfPackage(within("dicom"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.pixelmed..");

    @ArchTest
    static final ArchRule onlyChartSeesWhatDrawsCharts = noClasses()
            .that()
            .resideOutsideOfPackage(within("learn.chart"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knowm.xchart..", "org.apache.batik..");

    /** docs/adr/0051-hibernate-and-jdbc.md. */
    @ArchTest
    static final ArchRule statementsAreWrittenInFourPlaces = noClasses()
            .that()
            .resideOutsideOfPackages(within("audit"), within("embedded"), within("monitor"), within("proof"))
            .and()
            .haveNameNotMatching(".*\\.(UserStore|AdvisoryLock|InstanceStatements|RetentionRecord)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Statement.class);

    @ArchTest
    static final ArchRule noClassWritesStatementsBesideHibernate = noClasses()
            .that(dependOn(EntityManager.class))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Statement.class);

    private static DescribedPredicate<JavaClass> dependOn(Class<?> type) {
        return DescribedPredicate.describe(
                "depend on " + type.getSimpleName(), one -> one.getDirectDependenciesFromSelf().stream()
                        .anyMatch(to -> to.getTargetClass().isEquivalentTo(type)));
    }

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)");

    private static final Set<String> MOVES =
            Set.of("become", "refuse", "fail", "withdraw", "supersede", "endWithoutProof", "contentTime");

    /** What moves a study: see {@link org.rigatino.study.StudyLife}. */
    @ArchTest
    static final ArchRule onlyItsLifeMovesAStudy = noClasses()
            .that()
            .resideOutsideOfPackage(within("study"))
            .and()
            .doNotBelongToAnyOf(Study.class)
            .should()
            .accessTargetWhere(describe("it moves a study", ArchitectureTest::isMove));

    /** Others go through the trail, which writes last: see {@link AuditTrail}. These have a transaction for it alone. */
    @ArchTest
    static final ArchRule onlyTheTrailTakesTheChain = noClasses()
            .that()
            .haveNameNotMatching(ROOT + "\\.(audit\\.(AuditTrail|AuditExport)|access\\.UserCommand)(\\$.*)?")
            .should()
            .callMethod(AuditChain.class, "append", Connection.class, List.class);

    /** A statement that writes {@code state} of {@code study}, by SQL or JPQL. */
    private static final Pattern MOVE_BY_STATEMENT = Pattern.compile(
            "\\bupdate\\s+(versioned\\s+)?study\\b(?:(?!\\bwhere\\b)[^\"])*\\bset\\b(?:(?!\\bwhere\\b)[^\"])*\\bstate\\s*=",
            Pattern.CASE_INSENSITIVE);

    @Test
    void noStatementMovesAStudy() throws IOException {
        assertThat(moves("\"update versioned Study s set s.x = 1,\"\n + \" s.state = :next where id = 1\""))
                .isTrue();
        assertThat(moves("\"update study set version = version + 1 where state = 'READY'\""))
                .isFalse();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(moves(Files.readString(file))).as(file.toString()).isFalse();
            }
        }
    }

    /** Literals that are put together count as one. */
    private static boolean moves(String source) {
        return MOVE_BY_STATEMENT
                .matcher(source.replaceAll("\"\\s*\\+\\s*\"", ""))
                .find();
    }

    /** A field that is written counts: when a state was reached, and for whom, is part of the move. */
    private static boolean isMove(JavaAccess<?> access) {
        boolean writes = access instanceof JavaFieldAccess field && field.getAccessType() == AccessType.SET;
        return access.getTargetOwner().isEquivalentTo(Study.class) && (writes || MOVES.contains(access.getName()));
    }

    /** Of what a gradient may flow through: see {@link org.rigatino.network.Scalar}. */
    @ArchTest
    static final ArchRule numbersOutliveTheBackwardPass = noClasses()
            .that()
            .resideInAPackage(within("network"))
            .or()
            .haveSimpleNameEndingWith("Trainer")
            .should()
            .callMethod(NDArray.class, "mul", Number.class)
            .orShould()
            .callMethod(NDArray.class, "div", Number.class)
            .orShould()
            .callMethod(NDArray.class, "pow", Number.class)
            .orShould()
            .callMethod(NDArray.class, "maximum", Number.class)
            .orShould()
            .callMethod(NDArray.class, "minimum", Number.class);
}
