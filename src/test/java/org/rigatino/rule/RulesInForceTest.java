package org.rigatino.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Settings;
import org.rigatino.audit.AuditConfiguration;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.restore.ReleasesAtHand;
import org.rigatino.restore.RestoreConfiguration;

/** Which rules a process follows while their file is changed, on a real PostgreSQL. */
class RulesInForceTest {
    @TempDir
    static Path folder;

    private static DeliveryDatabase database;

    private Path file;
    private RulesInForce rules;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        var config = Settings.all(
                Map.of(
                        "rigatino.restore.models",
                        folder.resolve("none").toString(),
                        "rigatino.audit.source-id",
                        "here"),
                AuditConfiguration.class,
                RestoreConfiguration.class);
        database.with(
                config.getConfigMapping(AuditConfiguration.class), config.getConfigMapping(RestoreConfiguration.class));
        database.with(Set.of(ProcessRole.WORKER));
        database.bean(AuditTrail.class);
        database.bean(AuditSource.class);
        database.bean(ReleasesAtHand.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void follow() throws Exception {
        file = folder.resolve("rules.yaml");
        write("one");
        rules = new RulesInForce();
        rules.configuration = () -> Optional.of(file);
        rules.releases = database.bean(ReleasesAtHand.class);
        rules.followed = database.bean(RulesInForce.Followed.class);
        rules.start(null);
    }

    private void write(String name) throws Exception {
        Files.writeString(file, "rules: [{name: " + name + ", urgency: STAT}]");
    }

    private String followed() {
        return rules.view(List.of(), Optional.empty()).rules().get(0).name();
    }

    @Test
    void aFileIsFollowedOnceTwoLooksFindItAlike() throws Exception {
        write("two");
        rules.look();
        assertThat(followed()).as("it may be in the middle of being written").isEqualTo("one");
        write("three");
        rules.look();
        assertThat(followed()).isEqualTo("one");
        rules.look();
        assertThat(followed()).isEqualTo("three");
    }

    @Test
    void aFileThatIsWrongIsToldAndLeavesTheRulesOfBefore() throws Exception {
        Files.writeString(file, "rules: [{name: broken}]");
        rules.look();
        rules.look();
        assertThat(followed()).isEqualTo("one");
        assertThat(rules.problem()).get().asString().contains("\"broken\" decides nothing");
        Files.delete(file);
        rules.look();
        rules.look();
        assertThat(rules.problem()).get().asString().endsWith("there is no such file");
        write("one");
        rules.look();
        rules.look();
        assertThat(rules.problem()).isEmpty();
    }

    /** What is followed is in the trail, or not followed. */
    @Test
    void whileTheRecordIsAwayTheRulesOfBeforeStayAndThenTheNewOnesAreFollowed() throws Exception {
        write("two");
        database.execute("alter table audit_event rename to audit_event_away");
        try {
            rules.look();
            rules.look();
            assertThat(followed()).isEqualTo("one");
            assertThat(rules.problem()).get().asString().contains("cannot be put on record");
        } finally {
            database.execute("alter table audit_event_away rename to audit_event");
        }
        rules.look();
        assertThat(followed()).isEqualTo("two");
        assertThat(rules.problem()).isEmpty();
        assertThat(database.query(
                        "select detail from audit_event where kind = 'RULES_FOLLOWED' order by id desc limit 1"))
                .singleElement()
                .asString()
                .startsWith("roles WORKER: 1 rules, sha256 " + rules.latest().sha256());
        assertThat(database.query("select actor from audit_event where kind = 'RULES_FOLLOWED'"))
                .as("by itself")
                .containsOnlyNulls();
    }

    /** As of a worker that was set up anew without the file: it goes by none, among others that go by some. */
    @Test
    void whoFollowsNoneWhereOthersFollowSomeIsInTheTrail() throws Exception {
        RulesInForce without = new RulesInForce();
        without.configuration = Optional::empty;
        without.releases = rules.releases;
        database.with(Set.of(ProcessRole.LISTENER));
        without.followed = database.bean(RulesInForce.Followed.class);
        without.start(null);
        without.start(null);
        database.with(Set.of(ProcessRole.WORKER));
        assertThat(database.query("select detail from audit_event where kind = 'RULES_FOLLOWED'"
                        + " and detail like 'roles LISTENER%'"))
                .containsExactly("roles LISTENER: no rules");
    }

    @Test
    void whoFollowsOthersIsAProblem() {
        RuleText apart = RuleText.workersApart("no rules", "b: rules 8c");
        RulesView view = rules.view(List.of(), Optional.of(apart));
        assertThat(view.followed()).isTrue();
        assertThat(view.apart()).isEqualTo(apart);
        assertThat(view.problem().english()).contains("here no rules; b: rules 8c", "rigatino.rules.file");
        assertThat(rules.view(List.of(), Optional.empty()).problem()).isNull();
    }

    /** So that the digest in the trail says what was in force. */
    @Test
    void eachTextThatWasFollowedIsKept() throws Exception {
        String before = rules.latest().sha256();
        write("later");
        rules.look();
        rules.look();
        RulesOnRecord record = database.bean(RulesOnRecord.class);
        assertThat(record.text(rules.latest().sha256())).hasValue(Files.readAllBytes(file));
        assertThat(record.text(before).map(text -> new String(text, UTF_8)))
                .hasValue("rules: [{name: one, urgency: STAT}]");
        assertThat(record.text("none")).isEmpty();
    }
}
