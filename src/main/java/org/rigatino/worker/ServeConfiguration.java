package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.rigatino.access.AccessConfiguration;
import org.rigatino.assessment.AssessmentConfiguration;
import org.rigatino.audit.AuditConfiguration;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DestinationObjects;
import org.rigatino.dicom.DicomConfiguration;
import org.rigatino.dicomweb.DicomwebConfiguration;
import org.rigatino.embedded.EmbeddedConfiguration;
import org.rigatino.embedded.EmbeddedParts;
import org.rigatino.finding.FindingConfiguration;
import org.rigatino.hl7.Hl7Configuration;
import org.rigatino.hl7.Hl7Receivers;
import org.rigatino.hl7.listen.Hl7Listening;
import org.rigatino.identity.IdentityConfiguration;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.ListenerSettings;
import org.rigatino.ingest.Sources;
import org.rigatino.monitor.MonitorConfiguration;
import org.rigatino.patient.NobodyConfiguration;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.retention.RetentionConfiguration;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RulesConfiguration;
import org.rigatino.triage.TriageConfiguration;
import org.rigatino.webhook.WebhookConfiguration;
import org.rigatino.webhook.Webhooks;
import org.rigatino.workitem.TaskPerformers;
import org.rigatino.workitem.WorkitemConfiguration;

/** Everything that {@code serve} can know to be wrong before it starts anything. */
final class ServeConfiguration {
    static final List<Class<?>> MAPPINGS = List.of(
            EmbeddedConfiguration.class,
            DicomConfiguration.class,
            AccessConfiguration.class,
            IdentityConfiguration.class,
            NobodyConfiguration.class,
            IngestConfiguration.class,
            DicomwebConfiguration.class,
            RulesConfiguration.class,
            RestoreConfiguration.class,
            FindingConfiguration.class,
            SiteResultConfiguration.class,
            DeliverConfiguration.class,
            AssessmentConfiguration.class,
            WorkerConfiguration.class,
            RetentionConfiguration.class,
            TriageConfiguration.class,
            MonitorConfiguration.class,
            WebhookConfiguration.class,
            Hl7Configuration.class,
            WorkitemConfiguration.class,
            AuditConfiguration.class);

    private ServeConfiguration() {}

    /** @throws ConfigValidationException that names each setting whose value cannot be, or that there is not */
    static SmallRyeConfig read() {
        try (ValidatorFactory validators = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .addDefaultSources()
                    .withValidator(new Ranges(validators.getValidator()));
            MAPPINGS.forEach(builder::withMapping);
            return builder.build();
        }
    }

    private record Ranges(Validator getValidator) implements BeanValidationConfigValidator {}

    /**
     * What no single value tells.
     *
     * @throws IllegalArgumentException or ConfigurationException, in one line that names a property
     */
    static Set<ProcessRole> check(SmallRyeConfig config) {
        Set<ProcessRole> roles = Set.copyOf(config.getOptionalValues(ProcessRole.PROPERTY, ProcessRole.class)
                .orElse(List.of(ProcessRole.values())));
        TlsFiles.check(config);
        checkUsers(config);
        checkShared(config, roles);
        checkPort(config, "quarkus.http.port");
        checkPort(config, "quarkus.http.ssl-port");
        DeliverConfiguration deliver = config.getConfigMapping(DeliverConfiguration.class);
        DestinationObjects.check(deliver);
        DestinationObjects.checkOthers(deliver, config);
        HouseRules rules = HouseRules.read(config.getConfigMapping(RulesConfiguration.class));
        Sources.check(config.getConfigMapping(IngestConfiguration.class));
        TaskPerformers.check(
                config.getConfigMapping(WorkitemConfiguration.class),
                config.getConfigMapping(IngestConfiguration.class));
        if (roles.contains(ProcessRole.LISTENER)) {
            ListenerSettings.check(config.getConfigMapping(IngestConfiguration.class));
            Hl7Listening.check(config.getConfigMapping(Hl7Configuration.class));
        }
        if (roles.contains(ProcessRole.WORKER)) {
            DestinationObjects.checkCredentials(deliver);
            Webhooks.check(config.getConfigMapping(WebhookConfiguration.class));
            Hl7Receivers.check(config.getConfigMapping(Hl7Configuration.class));
            Models.check(config.getConfigMapping(RestoreConfiguration.class), rules);
        }
        return roles;
    }

    /** What one process alone can reach is shared by none: the other roles would wait in another database, or at another broker. */
    private static void checkShared(SmallRyeConfig config, Set<ProcessRole> roles) {
        if (roles.size() == ProcessRole.values().length) {
            return;
        }
        EmbeddedConfiguration embedded = config.getConfigMapping(EmbeddedConfiguration.class);
        checkShared(config, roles, EmbeddedParts.DATABASE_URL, "database", "postgres", embedded.postgresPort());
        checkShared(config, roles, EmbeddedParts.KAFKA, "broker", "kafka", embedded.kafkaPort());
    }

    private static void checkShared(
            SmallRyeConfig config, Set<ProcessRole> roles, String property, String what, String part, int port) {
        if (config.getConfigValue(property).getValue() == null && port == 0) {
            throw new ConfigurationException(ProcessRole.PROPERTY + " is " + StartReport.named(roles) + ", and the "
                    + what
                    + " is the embedded one, at a port that no process with the other roles can know: say by "
                    + property
                    + " where all find it, as one that ./rigatino embedded " + part + " runs, or give it a port by"
                    + " rigatino.embedded." + part + "-port, or leave " + ProcessRole.PROPERTY + " away");
        }
    }

    /** A name and a password of a database that is nowhere are of one that was to be named. */
    private static void checkUsers(SmallRyeConfig config) {
        for (String property : List.of("quarkus.datasource.username", "quarkus.flyway.username")) {
            if (config.getConfigValue(EmbeddedParts.DATABASE_URL).getValue() == null
                    && config.getOptionalValue(property, String.class).isPresent()) {
                throw new ConfigurationException(property + " is set, and " + EmbeddedParts.DATABASE_URL
                        + " is not: say where that database is, or take both away, and the embedded one is used");
            }
        }
    }

    /**
     * Where database and broker are, a line each. A URL's parameters may hold a password.
     *
     * @throws IOException where a setting is there and says nothing
     */
    static List<String> places(SmallRyeConfig config) throws IOException {
        Path data = config.getConfigMapping(EmbeddedConfiguration.class).data();
        String database = EmbeddedParts.place(config, EmbeddedParts.DATABASE_URL)
                .map(url -> url.replaceAll("\\?.*", ""))
                .orElse("embedded, in " + data.resolve("postgres"));
        String broker =
                EmbeddedParts.place(config, EmbeddedParts.KAFKA).orElse("embedded, in " + data.resolve("kafka"));
        return List.of("database: " + database, "broker: " + broker);
    }

    private static void checkPort(SmallRyeConfig config, String property) {
        int port = config.getOptionalValue(property, Integer.class).orElse(0);
        if (port < 0 || port > 65535) {
            throw new ConfigurationException(property + " must be from 0 to 65535, and is " + port);
        }
    }
}
