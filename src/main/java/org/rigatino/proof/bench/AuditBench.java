package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.EmbeddedPostgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rigatino bench audit}. */
@Command(
        name = "audit",
        description = "Times an auditor's questions to a database of its own, filled with generated studies.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class AuditBench extends WorkingBench {
    @Option(names = "--studies", defaultValue = "1000000", description = "studies of one image each")
    private int studies;

    @Option(names = "--months", defaultValue = "24", description = "over which they came, up to now")
    private int months;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "times that each question is asked, after one that warms up")
    private int rounds;

    @Override
    void check() throws IOException {
        if (studies < 1000 || months < 1 || months > 120 || rounds < 1) {
            throw new IOException("--studies is at least 1000, --months 1 to 120, --rounds at least 1");
        }
    }

    @Override
    boolean measure(Path folder) throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0)) {
            Flyway.configure()
                    .dataSource(
                            postgres.jdbcUrl(), DatabaseRole.OWNER.roleName(), postgres.password(DatabaseRole.OWNER))
                    .load()
                    .migrate();
            AuditRowsOfStudies rows = new AuditRowsOfStudies(studies, months);
            try (Connection owner = postgres.connect(DatabaseRole.OWNER)) {
                rows.generate(owner, step -> line("%s", step));
            }
            try (Connection auditor = postgres.connect(DatabaseRole.AUDITOR)) {
                line("%d events in the trail", rows.events(auditor));
                return ask(auditor, rows);
            }
        }
    }

    /** @return whether every question's index was used */
    private boolean ask(Connection auditor, AuditRowsOfStudies rows) throws SQLException {
        line("%-16s %8s %9s %9s  %-30s %s", "view", "rows", "median ms", "worst ms", "index", "used");
        List<AuditQuestion.Answer> answers = new ArrayList<>();
        for (AuditQuestion question : AuditQuestion.values()) {
            AuditQuestion.Answer answer = question.ask(auditor, rows, rounds);
            answers.add(answer);
            line(
                    "%-16s %8d %9.1f %9.1f  %-30s %s",
                    question.view(),
                    answer.rows(),
                    answer.median(),
                    answer.worst(),
                    String.join(", ", question.indexes()),
                    answer.indexed() ? "yes" : "no");
        }
        double slowest =
                answers.stream().mapToDouble(AuditQuestion.Answer::median).max().orElseThrow();
        long indexed = answers.stream().filter(AuditQuestion.Answer::indexed).count();
        line(
                "bench audit: %d studies, %d questions, slowest %.1f ms, by index %d of %d",
                studies, answers.size(), slowest, indexed, answers.size());
        return indexed == answers.size();
    }
}
