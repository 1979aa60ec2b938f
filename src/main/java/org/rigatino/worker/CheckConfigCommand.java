package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RuleWarning;
import org.rigatino.rule.RuleWarningKind;
import org.rigatino.rule.RulesConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code serve} would find wrong with its settings before it starts anything. */
@Command(
        name = "check-config",
        description = "Tells what serve would find wrong with its settings, model releases among them, and starts"
                + " nothing: no port is opened, no database, broker or archive is asked.",
        mixinStandardHelpOptions = true)
public final class CheckConfigCommand implements Callable<Integer> {
    private static final String NONE = "none: until an administrator adds one, what arrives is kept and waits";

    @Spec
    private CommandSpec command;

    @Option(
            names = "--added",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Destinations that administrators added on the page, which the configuration has not: rules of"
                            + " the house may name them.")
    private Set<String> added = Set.of();

    /** Exit 0 where {@code serve} would begin, each release opens and no rule of the house fails its studies, else 1. */
    @Override
    public Integer call() {
        try {
            SmallRyeConfig config = ServeConfiguration.read();
            Set<ProcessRole> roles = ServeConfiguration.check(config);
            Map<String, Set<ObjectKind>> destinations = new TreeMap<>();
            config.getConfigMapping(DeliverConfiguration.class)
                    .destinations()
                    .forEach((name, settings) ->
                            destinations.put(name, Set.copyOf(settings.objects().orElseThrow())));
            PrintWriter out = command.commandLine().getOut();
            out.println("roles: " + StartReport.named(roles));
            ServeConfiguration.places(config).forEach(out::println);
            out.println("destinations: " + (destinations.isEmpty() ? NONE : String.join(", ", destinations.keySet())));
            added.forEach(name -> destinations.putIfAbsent(name, EnumSet.allOf(ObjectKind.class)));
            boolean open = !roles.contains(ProcessRole.WORKER)
                    || tellReleases(
                            config.getConfigMapping(RestoreConfiguration.class),
                            config.getConfigMapping(SiteResultConfiguration.class),
                            out);
            HouseRules rules = HouseRules.read(config.getConfigMapping(RulesConfiguration.class));
            if (!tellRules(rules, destinations, out) || !open) {
                return 1;
            }
            out.println("nothing is wrong with what can be known before a start");
            return 0;
        } catch (IOException
                | ConfigValidationException
                | ConfigurationException
                | IllegalArgumentException
                | NoSuchElementException e) {
            Trouble.tell(command, e);
            return 1;
        }
    }

    /** Whether each of them opens. */
    private static boolean tellReleases(
            RestoreConfiguration configuration, SiteResultConfiguration results, PrintWriter out) throws IOException {
        Optional<String> none = Models.whyNoneOpens(configuration);
        if (none.isPresent()) {
            out.println("wrong: " + none.get() + ". No model release is opened, so that nothing is said of them");
            return false;
        }
        boolean open = true;
        for (ModelRelease release : ModelReleases.read(configuration.models())) {
            Optional<String> why = Models.whyNotOpen(release, configuration);
            out.println(why.map(cause -> "wrong: model release " + release.directory() + " does not open: " + cause)
                    .orElse("model release " + release.model() + " opens, sha256 " + release.digest()
                            + "; results mark from a departure of "
                            + results.level().orElse(release.file().markLevel()) + " on"));
            open &= why.isEmpty();
        }
        return open;
    }

    /** Whether none of them fails its studies. */
    private static boolean tellRules(HouseRules rules, Map<String, Set<ObjectKind>> destinations, PrintWriter out) {
        out.println("rules of the house: " + (rules.isEmpty() ? "none" : rules.count() + ", sha256 " + rules.sha256()));
        rules.neverDeciding().forEach(warning -> out.println("warning: " + warning.getText()));
        List<RuleWarning> wrong = rules.againstDestinations(destinations);
        wrong.forEach(warning -> out.println("wrong: " + told(warning)));
        if (!wrong.isEmpty()) {
            out.println("something is wrong with the rules of the house: mend rigatino.rules.file or the destinations");
        }
        return wrong.isEmpty();
    }

    private static String told(RuleWarning warning) {
        return warning.kind() == RuleWarningKind.UNKNOWN_DESTINATION
                ? "rule \"" + warning.rule() + "\" sends to " + warning.getListed()
                        + ", which the configuration has not:"
                        + " its studies fail. Where an administrator added it on the page, which cannot be known here, say"
                        + " --added " + warning.getListed()
                : warning.getText();
    }
}
