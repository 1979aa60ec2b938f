package org.rigatino.worker;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.io.PrintWriter;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.rigatino.audit.ProcessRole;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RulesConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

    /** Exit 0 where {@code serve} would begin, 1 where it would not. */
    @Override
    public Integer call() {
        try {
            SmallRyeConfig config = ServeConfiguration.read();
            Set<ProcessRole> roles = ServeConfiguration.check(config);
            Set<String> destinations = new TreeSet<>(config.getConfigMapping(DeliverConfiguration.class)
                    .destinations()
                    .keySet());
            PrintWriter out = command.commandLine().getOut();
            out.println("roles: " + StartReport.named(roles));
            out.println("destinations: " + (destinations.isEmpty() ? NONE : String.join(", ", destinations)));
            tellRules(HouseRules.read(config.getConfigMapping(RulesConfiguration.class)), destinations, out);
            out.println("nothing is wrong with what can be known before a start");
            return 0;
        } catch (ConfigValidationException
                | ConfigurationException
                | IllegalArgumentException
                | NoSuchElementException e) {
            Trouble.tell(command, e);
            return 1;
        }
    }

    private static void tellRules(HouseRules rules, Set<String> destinations, PrintWriter out) {
        out.println("rules of the house: " + (rules.isEmpty() ? "none" : rules.count() + ", sha256 " + rules.sha256()));
        rules.destinations().forEach((name, rule) -> {
            if (!destinations.contains(name)) {
                out.println("rule \"" + rule + "\" sends to " + name + ", which the configuration has not: until an"
                        + " administrator adds it on the page, the rule's studies fail");
            }
        });
    }
}
