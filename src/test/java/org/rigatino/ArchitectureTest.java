package org.rigatino;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditChain;
import org.rigatino.audit.AuditTrail;
import org.rigatino.persistence.Study;

/** Holds who may use what, and how things are named. {@link PackagesTest} holds the directions between packages. */
@AnalyzeClasses(packagesOf = Rigatino.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "org.rigatino";

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }

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
            .resideOutsideOfPackage(within("chart"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knowm.xchart..", "org.apache.batik..");

    /** docs/adr/0051-hibernate-and-jdbc.md. */
    @ArchTest
    static final ArchRule statementsAreWrittenInFivePlaces = noClasses()
            .that()
            .resideOutsideOfPackages(
                    within("audit"),
                    within("backup"),
                    within("embedded"),
                    within("export"),
                    within("identity"),
                    within("monitor"),
                    within("proof"),
                    within("report"))
            .and()
            .haveNameNotMatching(
                    ".*\\.(UserStore|AdvisoryLock|AnswerComments|InstanceStatements|(Retention|Identity)Re[a-z]+)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Statement.class);

    @ArchTest
    static final ArchRule noClassWritesStatementsBesideHibernate = noClasses()
            .that(dependOn(EntityManager.class).or(dependOn(Session.class)))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Statement.class);

    private static DescribedPredicate<JavaClass> dependOn(Class<?> type) {
        return DescribedPredicate.describe(
                "depend on " + type.getSimpleName(), one -> one.getDirectDependenciesFromSelf().stream()
                        .anyMatch(to -> to.getTargetClass().isEquivalentTo(type)));
    }

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)");

    /** Else a person is told of an error where the database ended their transaction for the sake of another. */
    @ArchTest
    static final ArchRule whatPeopleDoIsRepeated = methods()
            .that(describe("begin a transaction for an actor", ArchitectureTest::isAct))
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(PersonsAct.class);

    private static boolean isAct(JavaMethod method) {
        return method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Actor.class))
                && method.tryGetAnnotationOfType(Transactional.class)
                        .filter(one -> one.value() != Transactional.TxType.MANDATORY)
                        .isPresent();
    }

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
            .haveNameNotMatching(
                    ROOT
                            + "\\.(audit\\.(AuditTrail|AuditExport)|access\\.UserCommand|export\\.ExportAnswersCommand|backup\\.(Backup|Restoration))(\\$.*)?")
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
