package org.rigatino;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the directions of the table in docs/architecture.md. */
@AnalyzeClasses(packagesOf = Rigatino.class, importOptions = DoNotIncludeTests.class)
class PackagesTest {
    /** What a package may know beside itself and what is not ours. */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("dicom", List.of()),
            Map.entry("persistence", List.of("finding", "result")),
            Map.entry("audit", List.of("dicom", "embedded", "persistence")),
            Map.entry("embedded", List.of()),
            Map.entry("export", List.of("audit", "dicom", "embedded", "image", "ingest")),
            Map.entry("access", List.of("audit", "embedded", "refusal")),
            Map.entry("backup", List.of("audit", "deliver", "embedded", "ingest", "persistence", "restore")),
            Map.entry("network", List.of()),
            Map.entry("rule", List.of("dicom", "restore", "result", "audit", "access", "refusal")),
            Map.entry("refusal", List.of()),
            Map.entry("study", List.of("persistence", "audit", "access", "identity", "image", "finding", "result")),
            Map.entry("patient", List.of("dicom", "persistence")),
            Map.entry("identity", List.of("patient", "audit", "access")),
            Map.entry(
                    "ingest",
                    List.of(
                            "dicom",
                            "persistence",
                            "audit",
                            "access",
                            "identity",
                            "patient",
                            "study",
                            "refusal",
                            "rule")),
            Map.entry("dicomweb", List.of("dicom", "ingest", "persistence", "audit", "access")),
            Map.entry(
                    "archive",
                    List.of(
                            "dicom",
                            "dicomweb",
                            "identity",
                            "ingest",
                            "patient",
                            "persistence",
                            "audit",
                            "access",
                            "study",
                            "refusal")),
            Map.entry("image", List.of("dicom")),
            Map.entry("restore", List.of("image", "network", "dicom")),
            Map.entry("finding", List.of("image", "restore")),
            Map.entry("result", List.of("dicom", "image", "restore", "finding")),
            Map.entry("release", List.of("persistence", "audit", "access", "restore", "finding", "refusal", "rule")),
            Map.entry(
                    "rerun",
                    List.of("persistence", "audit", "access", "finding", "identity", "study", "refusal", "result")),
            Map.entry(
                    "pipeline",
                    List.of("dicom", "persistence", "patient", "image", "restore", "finding", "result", "rule")),
            Map.entry(
                    "deliver",
                    List.of("dicom", "result", "persistence", "audit", "access", "study", "notify", "refusal", "rule")),
            Map.entry(
                    "worker",
                    List.of(
                            "access",
                            "assessment",
                            "dicom",
                            "persistence",
                            "audit",
                            "embedded",
                            "identity",
                            "ingest",
                            "patient",
                            "dicomweb",
                            "image",
                            "rejection",
                            "release",
                            "rerun",
                            "rule",
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
                            "monitor",
                            "workitem")),
            Map.entry(
                    "workitem",
                    List.of(
                            "access",
                            "audit",
                            "deliver",
                            "dicom",
                            "dicomweb",
                            "identity",
                            "ingest",
                            "patient",
                            "persistence")),
            Map.entry("monitor", List.of("persistence", "ingest", "deliver", "audit")),
            Map.entry(
                    "answer",
                    List.of("persistence", "audit", "access", "identity", "dicom", "ingest", "web", "refusal")),
            Map.entry(
                    "assessment",
                    List.of("answer", "audit", "deliver", "dicom", "image", "persistence", "result", "rule")),
            Map.entry("rejection", List.of("audit", "deliver", "dicom", "persistence", "result", "rule")),
            Map.entry(
                    "retention", List.of("persistence", "answer", "audit", "identity", "ingest", "deliver", "report")),
            Map.entry("triage", List.of("persistence", "audit", "access", "finding", "identity", "study", "refusal")),
            Map.entry("notify", List.of("audit")),
            Map.entry("webhook", List.of("notify", "audit")),
            Map.entry(
                    "hl7",
                    List.of(
                            "notify",
                            "audit",
                            "dicom",
                            "identity",
                            "ingest",
                            "patient",
                            "persistence",
                            "report",
                            "result")),
            Map.entry("report", List.of("access", "audit", "identity", "web")),
            Map.entry(
                    "web",
                    List.of(
                            "persistence",
                            "audit",
                            "access",
                            "deliver",
                            "ingest",
                            "patient",
                            "release",
                            "rule",
                            "restore",
                            "finding",
                            "identity",
                            "result",
                            "monitor",
                            "refusal",
                            "study")),
            Map.entry(
                    "page",
                    List.of(
                            "access",
                            "answer",
                            "archive",
                            "audit",
                            "chart",
                            "deliver",
                            "dicom",
                            "dicomweb",
                            "finding",
                            "identity",
                            "image",
                            "ingest",
                            "monitor",
                            "patient",
                            "persistence",
                            "refusal",
                            "release",
                            "report",
                            "rerun",
                            "rule",
                            "restore",
                            "result",
                            "study",
                            "triage",
                            "web",
                            "workitem")),
            Map.entry("chart", List.of()),
            Map.entry("learn.metric", List.of("restore")),
            Map.entry(
                    "learn.train", List.of("dicom", "image", "network", "restore", "finding", "chart", "learn.metric")),
            Map.entry(
                    "learn.evaluate",
                    List.of("image", "restore", "finding", "result", "chart", "learn.metric", "learn.train")),
            Map.entry("proof.demo", List.of("dicom", "embedded")),
            Map.entry(
                    "proof.bench",
                    List.of("dicom", "embedded", "image", "network", "restore", "learn.train", "proof.demo")),
            Map.entry("proof.soak", List.of("dicom", "embedded", "proof.demo")));

    /** The parents of what serves no study. */
    private static final Set<String> BESIDE = Set.of("learn", "proof");

    private static final String ROOT = "org.rigatino";

    @ArchTest
    static final ArchRule packagesKnowOnlyWhatTheyMay = CompositeArchRule.of(
                    MAY_KNOW.keySet().stream().map(PackagesTest::mayKnow).toList())
            .as("packages know only what the table says");

    private static ArchRule mayKnow(String name) {
        List<String> allowed = new ArrayList<>(MAY_KNOW.get(name));
        allowed.add(name);
        String[] packages = allowed.stream().map(PackagesTest::within).toArray(String[]::new);
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
    static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
}
